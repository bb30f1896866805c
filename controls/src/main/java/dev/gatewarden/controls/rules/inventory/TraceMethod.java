package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds operations of the method TRACE.
@Rule(
    id = "trace-method",
    title = "TRACE is offered",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 16,
    why =
        "It echoes the request, with the headers that proxies added and credentials that scripts"
            + " may not read",
    remedy = "take it away")
public final class TraceMethod implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (operation.method().equals("TRACE")) {
        report.cause("", "TRACE is offered").at(operation);
      }
    }
  }
}
