package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;
import java.util.ArrayList;
import java.util.List;

/// Finds contracts that answer personal, financial or secret data behind a credential and describe
/// no `Cache-Control` header anywhere.
@Rule(
    id = "cache-unstated",
    title = "nothing keeps personal data out of caches",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 525,
    why =
        "Proxies and browsers keep what nobody told them not to: the next visitor of a shared"
            + " machine reads it",
    remedy = "promise `Cache-Control: no-store`; the gate's `private-cache` sends it")
public final class CacheUnstated implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Operation> personal = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      boolean cached =
          operation.responses().byStatus().values().stream()
              .flatMap(each -> each.headers().stream())
              .anyMatch(each -> each.name().equalsIgnoreCase("cache-control"));
      if (cached) {
        return;
      }
      if (operation.method().equals("GET")
          && contract.exposure(operation) != Exposure.ANYBODY
          && contract.answers(operation).compareTo(Sensitivity.PERSONAL) >= 0) {
        personal.add(operation);
      }
    }
    Report.Cause cause = report.cause("", "nothing keeps personal data out of caches");
    personal.forEach(cause::at);
  }
}
