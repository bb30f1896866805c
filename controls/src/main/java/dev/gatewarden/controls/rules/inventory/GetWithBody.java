package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds GET and HEAD operations with a request body.
@Rule(
    id = "get-with-body",
    title = "a read carries a body",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 436,
    why =
        "Caches, proxies and gates read it differently: one drops the body, another takes it for"
            + " the next request",
    remedy = "take what it holds in the query, or make it a POST")
public final class GetWithBody implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      boolean read = operation.method().equals("GET") || operation.method().equals("HEAD");
      RequestBody body = operation.body();
      if (read && body != null && !body.content().isEmpty()) {
        report.cause("", "a read carries a body").at(operation, body.place());
      }
    }
  }
}
