package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;

/// Finds operations behind a credential that name an object by an id, and say neither whose it is
/// nor that it is nobody's.
///
/// Silent where `x-gatewarden-object` says it, at operations that only callers with a role or
/// permission of their own reach, and about an API that answers nothing personal and cannot be
/// written to.
@Rule(
    id = "binding-missing",
    title = "nothing says whose an object is",
    severity = Severity.MEDIUM,
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    why =
        "A credential tells who calls, not whether the order with that id is theirs: the check that"
            + " is forgotten most, and abused most",
    remedy = "say it with `x-gatewarden-object`; `gatewarden bind` proposes it from the contract")
public final class BindingMissing implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    boolean matters =
        contract.operations().stream()
            .anyMatch(
                each ->
                    !each.safe() || contract.answers(each).compareTo(Sensitivity.PERSONAL) >= 0);
    for (Operation operation : contract.operations()) {
      boolean open =
          operation.objects() instanceof ObjectBindings.Unbound
              || operation.objects() instanceof ObjectBindings.Unstated
                  && !Questions.ids(operation).isEmpty();
      if (matters
          && open
          && !operation.security().alternatives().isEmpty()
          && !operation.security().admitsAnonymous()) {
        report.cause("", "nothing says whose the object is").at(operation);
      }
    }
  }
}
