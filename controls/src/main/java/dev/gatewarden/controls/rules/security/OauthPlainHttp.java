package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds `authorizationUrl`, `tokenUrl` and `refreshUrl` of OAuth flows, and `openIdConnectUrl`,
/// that are plain HTTP.
///
/// Silent about servers of a developer's own machine.
@Rule(
    id = "oauth-plain-http",
    title = "an authorization server is reached over plain HTTP",
    severity = Severity.HIGH,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 319,
    why =
        "Whoever shares a network with a caller reads the code or the token, and can put another"
            + " answer in its place",
    remedy = "write the `https` address")
public final class OauthPlainHttp implements AuditRule {
  private static final List<String> URLS =
      List.of("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl");

  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      Node.Obj source = Schemes.source(contract, scheme);
      if (source == null) {
        continue;
      }
      look(contract, scheme, source.get("openIdConnectUrl"), report);
      Node.Obj flows = Tree.object(source, "flows");
      if (flows != null) {
        for (Node.Member flow : flows.entries()) {
          for (String url : URLS) {
            Node.Obj object = Tree.object(flow.value());
            look(contract, scheme, object == null ? null : object.get(url), report);
          }
        }
      }
    }
  }

  private static void look(
      Audited contract, SecurityScheme scheme, @Nullable Node url, Report report) {
    String text = Tree.text(url);
    if (url != null && text != null && Schemes.plain(text)) {
      report
          .cause(text, "`" + text + "` is reached over plain HTTP")
          .at(Subject.scheme(scheme.name()), url.place(), Schemes.users(contract, scheme))
          .remedy(
              Mend.suggested(
                  "write the `https` address",
                  new Change.Replace(
                      url.place(), Json.quoted("https" + text.strip().substring(4)))));
    }
  }
}
