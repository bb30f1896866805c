package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.Set;

/// Finds security schemes of HTTP Digest, NTLM and HOBA.
@Rule(
    id = "scheme-outdated",
    title = "callers prove themselves in a way that no longer proves much",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 327,
    why =
        "Digest and NTLM are answers made with MD5 or MD4 of the password: who records one finds"
            + " the password at leisure",
    remedy = "take tokens of an authorization server, or client certificates")
public final class SchemeOutdated implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.Http(String word, var _)
          && OUTDATED.contains(word)) {
        report
            .cause(
                scheme.name(),
                "`" + scheme.name() + "` is proved in a way that no longer proves much")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }

  private static final Set<String> OUTDATED = Set.of("digest", "ntlm", "hoba");
}
