package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Finds servers that are reached over plain HTTP.
///
/// Silent about hosts that only the caller's own machine or network has: `localhost`, private
/// addresses, names without a dot and those below `.local`, `.test` or `.internal`.
@Rule(
    id = "server-plain-http",
    title = "a server is reached over plain HTTP",
    severity = Severity.HIGH,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 319,
    why = "Whoever shares a network with a caller reads the credential and everything else",
    remedy = "serve it over https alone, and say so in `servers`")
public final class ServerPlainHttp implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    boolean found = false;
    for (Server server : contract.contract().servers()) {
      String host = server.host();
      if (host != null && !Hosts.nearby(host) && plain(server.url())) {
        report
            .cause("", "a server is reached over plain HTTP")
            .at(Subject.server(server.url()), server.place(), contract.operations());
        found = true;
      }
    }
    if (found && !Mend.converted(contract)) {
      edits(contract).forEach(report.cause("", "")::remedy);
    }
  }

  /// Takes away what is listed with `https` as well; of what is not, somebody has to know whether
  /// it is served so.
  private static List<Remedy> edits(Audited contract) {
    List<Remedy> edits = new ArrayList<>();
    List<Change> twins = new ArrayList<>();
    Node servers = contract.source().get("servers");
    List<String> urls = new ArrayList<>();
    for (Node each : Tree.items(servers)) {
      urls.add(String.valueOf(Tree.text(Tree.object(each), "url")));
    }
    for (int i = 0; servers != null && i < urls.size(); i++) {
      String url = urls.get(i);
      Node at = Tree.items(servers).get(i) instanceof Node.Obj server ? server.get("url") : null;
      if (at != null && url.startsWith("http://") && Schemes.plain(url)) {
        String secure = "https" + url.substring(4);
        if (urls.contains(secure)) {
          twins.add(new Change.Remove(servers.place(), Integer.toString(i)));
        } else {
          edits.add(
              Mend.suggested("write `https`", new Change.Replace(at.place(), Json.quoted(secure))));
        }
      }
    }
    if (!twins.isEmpty()) {
      edits.addFirst(new Remedy.Edit("take away `http` beside the same `https`", twins, true));
    }
    return edits;
  }

  private static boolean plain(String url) {
    String lower = url.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("ws://");
  }
}
