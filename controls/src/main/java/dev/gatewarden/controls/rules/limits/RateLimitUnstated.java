package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.inventory.Promise;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.Locale;

/// Finds contracts in which no operation promises 429 or headers of a limit, and none has
/// `x-gatewarden-limits`.
///
/// A single finding: where some operations promise it, the others are taken to be under the same
/// limit.
@Rule(
    id = "rate-limit-unstated",
    title = "nothing says how often callers may ask",
    severity = Severity.LOW,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 799,
    why =
        "Where no limit is promised none is built: one client in a loop, or one attacker, has the"
            + " whole service",
    remedy =
        "promise 429 with `Retry-After`, and say the limit with `x-gatewarden-limits`; the gate's"
            + " `principal-limit` and `source-limit` hold it")
public final class RateLimitUnstated implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (operation.responses().byStatus().containsKey("429")
          || operation.extensions().get("limits") != null
          || operation.responses().byStatus().values().stream()
              .flatMap(each -> each.headers().stream())
              .anyMatch(
                  each ->
                      each.name().toLowerCase(Locale.ROOT).contains("ratelimit")
                          || each.name().toLowerCase(Locale.ROOT).contains("rate-limit")
                          || each.name().equalsIgnoreCase("retry-after"))) {
        return;
      }
    }
    if (!contract.operations().isEmpty()) {
      Node paths = contract.source().get("paths");
      Report.Cause cause =
          report
              .cause("", "nothing says how often callers may ask")
              .at(
                  Subject.CONTRACT,
                  paths == null ? contract.source().place() : paths.place(),
                  contract.operations());
      Promise.TOO_MANY.edits(contract, contract.operations()).forEach(cause::remedy);
    }
  }
}
