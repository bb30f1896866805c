package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;

/// Finds operations with `deprecated: true` of which neither `x-gatewarden-lifecycle` nor a
/// described `Sunset` header nor `x-sunset` names the end.
@Rule(
    id = "deprecated-without-sunset",
    title = "something is deprecated, and no day is named for its end",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 477,
    why = "What never ends is never taken away: it stays reachable, unwatched and unmended",
    remedy = "write `x-gatewarden-lifecycle: {state: deprecated, since: …, sunset: …}`")
public final class DeprecatedWithoutSunset implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      Lifecycle life = Lifecycle.in(operation.extensions());
      boolean dated =
          life != null && life.sunset() != null || operation.source().get("x-sunset") != null;
      boolean header =
          operation.responses().byStatus().values().stream()
              .flatMap(each -> each.headers().stream())
              .anyMatch(each -> each.name().equalsIgnoreCase("sunset"));
      Node deprecated = operation.source().get("deprecated");
      if (deprecated != null && Tree.isTrue(deprecated) && !dated && !header) {
        report
            .cause("", "something is deprecated, and no day is named for its end")
            .at(operation, deprecated.place());
      }
    }
  }
}
