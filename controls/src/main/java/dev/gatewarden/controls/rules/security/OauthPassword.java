package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;

/// Finds OAuth schemes that offer the grant of the resource owner's password.
@Rule(
    id = "oauth-password",
    title = "the password grant hands the password to the client",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 522,
    why =
        "Users learn to type their password into any client, no second factor can be asked for, and"
            + " the client keeps what it should never have seen (RFC 9700, section 2.4)",
    remedy = "offer the authorization code with PKCE; for machines, client credentials")
public final class OauthPassword implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.OAuth2 oauth
          && oauth.flows().containsKey("password")) {
        report
            .cause(scheme.name(), "`" + scheme.name() + "` offers the password grant")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }
}
