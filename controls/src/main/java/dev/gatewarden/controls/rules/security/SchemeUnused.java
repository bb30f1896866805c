package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.List;

/// Finds security schemes that no operation asks for.
///
/// Silent where the contract asks for none at all: then that is what is wrong.
@Rule(
    id = "scheme-unused",
    title = "a security scheme is declared and never asked for",
    severity = Severity.LOW,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1164,
    why = "Readers take what is declared for what is enforced; often somebody forgot to ask for it",
    remedy = "ask for it under `security`, or take it out")
public final class SchemeUnused implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    boolean any =
        contract.operations().stream().anyMatch(each -> !each.security().alternatives().isEmpty());
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (any && Schemes.users(contract, scheme).isEmpty()) {
        report
            .cause(scheme.name(), "no operation asks for `" + scheme.name() + "`")
            .at(Subject.scheme(scheme.name()), scheme.place(), List.of());
      }
    }
  }
}
