package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/// Finds operations that ask for a scope or a role and promise neither 403, 404, `4XX` nor
/// `default`.
@Rule(
    id = "status-403-unstated",
    title = "nothing says what callers without the right get",
    severity = Severity.LOW,
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 755,
    why =
        "Where a scope or role is asked for and its lack is no answer, nobody tests what happens"
            + " without",
    remedy = "promise 403")
public final class Status403 implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> missing = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (contract.exposure(operation) == Exposure.ROLE
          && !operation.responses().byStatus().isEmpty()
          && !Questions.promises(operation, 403, 404)) {
        missing.add(operation);
      }
    }
    Promise.missing(
        contract,
        missing,
        report.cause("", "no 403 is promised to callers without the right"),
        Promise.FORBIDDEN);
  }
}
