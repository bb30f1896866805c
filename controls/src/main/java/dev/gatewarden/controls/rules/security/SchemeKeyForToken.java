package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;

/// Finds `type: apiKey` that names the header `Authorization`.
@Rule(
    id = "scheme-key-for-token",
    title = "a token is described as if it were a key",
    severity = Severity.LOW,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1059,
    why =
        "Tools then know nothing of the token: none checks its signature, its end or its scopes,"
            + " and generated clients send it without `Bearer`",
    remedy =
        "write `type: http`, `scheme: bearer` and the `bearerFormat`, or the OAuth flow that issues"
            + " it")
public final class SchemeKeyForToken implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, String name)
          && in == Parameter.In.HEADER
          && name.equalsIgnoreCase("authorization")
          && !Schemes.signed(contract, scheme)) {
        report
            .cause(
                scheme.name(),
                "`" + scheme.name() + "` describes the `Authorization` header as a key")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }
}
