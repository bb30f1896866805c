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

/// Finds operations that name an object in their path and promise neither 404, 403, 410, `4XX` nor
/// `default`.
@Rule(
    id = "status-404-unstated",
    title = "nothing says what callers get for objects that are not theirs",
    severity = Severity.LOW,
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 204,
    why =
        "The answer for a foreign object has to be that for an absent one; where neither is"
            + " promised, one of them tells which ids exist",
    remedy = "promise 404 for both")
public final class Status404 implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> missing = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      if (!Questions.ids(operation).isEmpty()
          && !operation.responses().byStatus().isEmpty()
          && !Questions.promises(operation, 404, 403, 410)) {
        missing.add(operation);
      }
    }
    Promise.missing(
        contract,
        missing,
        report.cause("", "no 404 is promised for objects that are not there or not the caller's"),
        Promise.NOT_FOUND);
  }
}
