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

/// Finds API keys that travel as a query value.
@Rule(
    id = "scheme-key-in-query",
    title = "the key stands in the address",
    severity = Severity.HIGH,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 598,
    why =
        "Addresses are kept by proxies, logs, browser histories and referrers, and each of them"
            + " then has the key",
    remedy = "take the key in a header, such as `Authorization`")
public final class SchemeKeyInQuery implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, var _)
          && in == Parameter.In.QUERY) {
        report
            .cause(scheme.name(), "the key of `" + scheme.name() + "` stands in the address")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }
}
