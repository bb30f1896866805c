package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;

/// Finds operations without `operationId`.
@Rule(
    id = "operation-unnamed",
    title = "an operation has no name",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why =
        "Logs, exceptions, tests and owners refer to operations by name; a derived one changes with"
            + " the path",
    remedy = "give it an `operationId`")
public final class OperationUnnamed implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      String id = Tree.text(operation.source(), "operationId");
      if (id == null || id.isBlank()) {
        report.cause("", "an operation has no name").at(operation);
      }
    }
  }
}
