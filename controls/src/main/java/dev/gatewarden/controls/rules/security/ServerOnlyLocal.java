package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.List;

/// Finds contracts without `servers`, and those whose servers all stand on a developer's machine
/// or are relative.
@Rule(
    id = "server-only-local",
    title = "no server is named that others could reach",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why =
        "Tests, gates and inventories take the servers of a contract for where the API lives; here"
            + " they learn nothing",
    remedy = "name the servers of production and of tests under `servers`")
public final class ServerOnlyLocal implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Server server : contract.contract().servers()) {
      String host = server.host();
      if (server.url().contains("{") || (host != null && !Hosts.loopback(host))) {
        return;
      }
    }
    boolean none = contract.contract().servers().stream().noneMatch(each -> each.host() != null);
    Server first = contract.contract().servers().getFirst();
    report
        .cause("", none ? "no server is named" : "only a developer's machine is named as a server")
        .at(Subject.CONTRACT, first.place(), List.of());
  }
}
