package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.List;

/// Finds what makes a contract's promise unclear: references that lead nowhere, operations that
/// share a name, security schemes that are not declared.
///
/// Each is something for which the gate would not load the contract, in its own words. What is
/// missing of object bindings has a rule of its own.
@Rule(
    id = "contract-refused",
    title = "the contract cannot be relied on as it is written",
    severity = Severity.MEDIUM,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why =
        "Tools read what is unclear each in their own way: what one enforces another ignores, and"
            + " nobody notices",
    remedy = "mend what the message names")
public final class ContractRefused implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Problem problem : contract.problems()) {
      Report.Cause cause =
          report
              .cause(problem.message(), problem.message())
              .at(Subject.CONTRACT, problem.place(), List.of());
      if (!problem.advice().isEmpty()) {
        cause.remedy(new Remedy.Words(problem.advice()));
      }
    }
  }
}
