package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/// Finds contracts whose operations promise errors, none of which has a body with a schema.
@Rule(
    id = "error-undescribed",
    title = "no error has a described body",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 209,
    why =
        "Where nothing says what an error holds, it holds what the framework prints: versions,"
            + " queries, paths, stack traces",
    remedy = "describe errors once, as `application/problem+json` (RFC 9457), and refer to it")
public final class ErrorUndescribed implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> promising = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (Responses.Promised each : operation.responses().byStatus().values()) {
        if (each.status().startsWith("4")
            || each.status().startsWith("5")
            || each.status().equals("default")) {
          if (each.content().types().values().stream().anyMatch(type -> type.schema() != null)) {
            return;
          }
          if (!promising.contains(operation)) {
            promising.add(operation);
          }
        }
      }
    }
    Report.Cause cause = report.cause("", "no error has a described body");
    promising.forEach(cause::at);
  }
}
