package dev.gatewarden.controls.rules.security;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds servers whose whole host, or whose domain, is a variable without `enum`.
///
/// Silent about variables in a label before a domain that is written out.
@Rule(
    id = "server-wildcard",
    title = "the host of a server may be anything",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 1188,
    why =
        "Clients and tests that fill the variable in from outside send their credentials wherever"
            + " it says",
    remedy = "list the hosts that there are under `enum`, or write the domain out")
public final class ServerWildcard implements AuditRule {
  private static final Pattern HOST = Pattern.compile("^[a-zA-Z]*:?//([^/]*)");
  private static final Pattern LAST = Pattern.compile("\\{([^}]+)}(:\\d+)?$");

  @Override
  public void judge(Audited contract, Report report) {
    for (Node each : Tree.items(contract.source().get("servers"))) {
      Node.Obj server = Tree.object(each);
      String url = Tree.text(server, "url");
      Matcher host = HOST.matcher(url == null ? "" : url);
      Matcher last = LAST.matcher(host.find() ? withoutPort(host.group(1)) : "");
      if (server != null && url != null && last.find()) {
        Node.Obj variable = Tree.object(Tree.object(server, "variables"), last.group(1));
        String fallback = Tree.text(variable, "default");
        boolean listed = variable != null && variable.get("enum") instanceof Node.Arr;
        boolean local = fallback != null && Hosts.nearby(fallback.replaceAll(":\\d+$", ""));
        if (!listed && !local) {
          report
              .cause(url, "the host of `" + url + "` may be anything")
              .at(Subject.server(url), server.place(), List.of());
        }
      }
    }
  }

  private static String withoutPort(String host) {
    return host.replaceAll(":(\\d+|\\{[^}]*})$", "");
  }
}
