package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
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
    for (Operation operation : personal) {
      cause.at(operation);
      Node.Obj responses = Tree.object(operation.source(), "responses");
      Node.Obj answer = Tree.object(responses, "200");
      if (answer != null && answer.get("$ref") == null) {
        cause.remedy(
            Mend.suggested(
                "promise `Cache-Control: no-store`",
                new Change.Add(answer.place(), "headers", header(contract))));
      }
    }
  }

  private static String header(Audited contract) {
    String values = "{\"type\": \"string\", \"enum\": [\"no-store\"]}";
    return "{\"Cache-Control\": " + Mend.header(contract, "nobody keeps it", values) + "}";
  }
}
