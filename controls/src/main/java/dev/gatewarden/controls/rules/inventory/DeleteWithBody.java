package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds DELETE operations with a request body.
@Rule(
    id = "delete-with-body",
    title = "a deletion carries a body",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 436,
    why =
        "Its body has no meaning that all agree on (RFC 9110, section 9.3.5): a proxy that drops it"
            + " deletes something else, or everything",
    remedy = "name in the path or the query what is deleted")
public final class DeleteWithBody implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      RequestBody body = operation.body();
      if (operation.method().equals("DELETE") && body != null && !body.content().isEmpty()) {
        report.cause("", "a deletion carries a body").at(operation, body.place());
      }
    }
  }
}
