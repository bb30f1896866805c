package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
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
    for (Server server : contract.contract().servers()) {
      String host = server.host();
      if (host != null && !Hosts.nearby(host) && plain(server.url())) {
        report
            .cause("", "a server is reached over plain HTTP")
            .at(Subject.server(server.url()), server.place(), contract.operations());
      }
    }
  }

  private static boolean plain(String url) {
    String lower = url.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("ws://");
  }
}
