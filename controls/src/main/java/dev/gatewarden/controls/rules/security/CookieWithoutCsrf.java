package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import java.util.List;
import java.util.Locale;

/// Finds operations that change something and are proved by a cookie alone, without a header
/// parameter or second scheme that a foreign page cannot send.
///
/// Silent about the token in a header that is called after CSRF or XSRF, and about logins.
@Rule(
    id = "cookie-without-csrf",
    title = "a cookie alone proves who changes something",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 352,
    why =
        "Browsers send cookies on whoever's behalf: a page of somebody else makes a logged-in user"
            + " order, pay or delete",
    remedy =
        "ask for a token in a header beside the cookie, as a second scheme or a required parameter")
public final class CookieWithoutCsrf implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (!operation.safe()
          && !Questions.entrance(operation)
          && cookiesAlone(contract, operation)
          && !headered(operation)) {
        report
            .cause("", "a cookie alone proves who changes something")
            .at(operation, operation.security().place());
      }
    }
  }

  private static boolean cookiesAlone(Audited contract, Operation operation) {
    List<Security.Alternative> alternatives = operation.security().alternatives();
    return !alternatives.isEmpty()
        && alternatives.stream()
            .anyMatch(
                each ->
                    !each.needs().isEmpty()
                        && each.needs().stream().allMatch(need -> cookie(contract, need)));
  }

  private static boolean cookie(Audited contract, Security.Need need) {
    SecurityScheme scheme = contract.contract().schemes().get(need.scheme());
    return scheme != null
        && scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, var _)
        && in == Parameter.In.COOKIE;
  }

  private static boolean headered(Operation operation) {
    return operation.parameters().stream()
        .anyMatch(
            each -> {
              String name = each.name().toLowerCase(Locale.ROOT);
              return each.in() == Parameter.In.HEADER
                  && (name.contains("csrf")
                      || name.contains("xsrf")
                      || name.startsWith("x-requested"));
            });
  }
}
