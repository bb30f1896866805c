package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds operations that promise no status of success or redirection and no `default`.
@Rule(
    id = "success-unstated",
    title = "nothing says what an operation answers",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why = "Neither a gate nor a test can tell an answer that is wrong from one that is right",
    remedy = "promise what success looks like")
public final class SuccessUnstated implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      boolean success =
          operation.responses().byStatus().keySet().stream()
              .anyMatch(
                  each ->
                      each.startsWith("1")
                          || each.startsWith("2")
                          || each.startsWith("3")
                          || each.equals("default"));
      if (!success) {
        report.cause("", "nothing says what success looks like").at(operation);
      }
    }
  }
}
