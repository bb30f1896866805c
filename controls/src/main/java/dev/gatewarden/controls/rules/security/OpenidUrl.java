package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.Locale;

/// Finds `openIdConnectUrl` that is missing, relative, or not that of a discovery document.
@Rule(
    id = "openid-url",
    title = "nothing leads to the OpenID provider",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1059,
    why =
        "Who verifies tokens finds the issuer and its keys by that document; without it each"
            + " guesses",
    remedy = "write the absolute address that ends in `/.well-known/openid-configuration`")
public final class OpenidUrl implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.OpenIdConnect(String url) && !leads(url)) {
        report
            .cause(
                scheme.name(),
                "`openIdConnectUrl` of `" + scheme.name() + "` leads to no discovery document")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }

  private static boolean leads(String url) {
    String lower = url.strip().toLowerCase(Locale.ROOT);
    return (lower.startsWith("https://") || lower.startsWith("http://"))
        && lower.contains("/.well-known/");
  }
}
