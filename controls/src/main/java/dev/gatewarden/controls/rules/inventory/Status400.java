package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/// Finds operations with a request body that promise neither 400, 422, `4XX` nor `default`.
@Rule(
    id = "status-400-unstated",
    title = "nothing says what malformed requests get",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 755,
    why =
        "What is not promised is not tested: malformed bodies end in 500 with a stack trace, or are"
            + " taken as they are",
    remedy = "promise 400 or 422 with a described body")
public final class Status400 implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> missing = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (operation.body() != null
          && !operation.responses().byStatus().isEmpty()
          && !Questions.promises(operation, 400, 422)) {
        missing.add(operation);
      }
    }
    Promise.missing(
        contract,
        missing,
        report.cause("", "no 400 is promised for malformed requests"),
        Promise.BAD_REQUEST);
  }
}
