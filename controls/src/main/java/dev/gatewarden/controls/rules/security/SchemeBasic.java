package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Subject;
import java.util.List;

/// Finds security schemes of HTTP Basic.
///
/// Silent where only operations use it that issue tokens, as clients prove themselves there (RFC
/// 6749, section 2.3.1).
@Rule(
    id = "scheme-basic",
    title = "callers send a password with every call",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 522,
    why =
        "A password that travels with every call is in every log, cache and proxy on the way, and"
            + " cannot be narrowed, bound or ended without changing it",
    remedy =
        "take short-lived tokens of an authorization server instead; keep Basic for its token"
            + " endpoint")
public final class SchemeBasic implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (SecurityScheme scheme : contract.contract().schemes().values()) {
      if (scheme.kind() instanceof SecurityScheme.Http(String word, var _)
          && word.equals("basic")
          && !onlyEntrances(Schemes.users(contract, scheme))) {
        report
            .cause(scheme.name(), "`" + scheme.name() + "` takes a password with every call")
            .at(Subject.scheme(scheme.name()), scheme.place(), Schemes.users(contract, scheme));
      }
    }
  }

  private static boolean onlyEntrances(List<Operation> users) {
    return !users.isEmpty() && users.stream().allMatch(Questions::entrance);
  }
}
