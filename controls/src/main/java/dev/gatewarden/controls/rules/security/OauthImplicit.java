package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;

/// Finds OAuth schemes that offer the implicit grant.
@Rule(
    id = "oauth-implicit",
    title = "the implicit grant hands tokens out in addresses",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 598,
    why =
        "The token comes back in an address, bound to nobody: it leaks through histories and"
            + " referrers, and whoever injects one is logged in as its owner (RFC 9700, section"
            + " 2.1.2)",
    remedy = "offer the authorization code with PKCE, and take the implicit grant away")
public final class OauthImplicit implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.OAuth2 oauth
          && oauth.flows().containsKey("implicit")) {
        report
            .cause(scheme.name(), "`" + scheme.name() + "` offers the implicit grant")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }
}
