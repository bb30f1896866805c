package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.List;

/// Finds contracts that name one public server and no other.
///
/// Silent where a server's URL has variables, where operations name servers of their own, and
/// where any server is a test's by its name.
@Rule(
    id = "server-single",
    title = "one server stands for all environments",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 653,
    why =
        "Who can only test against production does: with real data, with real credentials, and with"
            + " the limits off",
    remedy =
        "name a server for tests beside that of production, with credentials and data of its own")
public final class ServerSingle implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Server> servers = contract.contract().servers();
    Server only = servers.getFirst();
    String host = only.host();
    List<Node> written = Tree.items(contract.source().get("servers"));
    boolean variable =
        written.stream().anyMatch(each -> Tree.object(Tree.object(each), "variables") != null);
    boolean own =
        contract.operations().stream().anyMatch(each -> each.source().get("servers") != null);
    if (servers.size() == 1 && host != null && !Hosts.nearby(host) && !variable && !own) {
      report
          .cause("", "`" + only.url() + "` is the only server there is")
          .at(Subject.server(only.url()), only.place(), List.of());
    }
  }
}
