package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds operations that answer or take personal or financial data and ask for nothing but an API
/// key.
///
/// Silent about keys in cookies, which are sessions, about signatures, and where some alternative
/// is more than a key.
@Rule(
    id = "key-alone-on-personal-data",
    title = "an API key alone opens personal data",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1390,
    why =
        "A key tells which program calls and not for whom: whoever finds it in a build or a log"
            + " reads everybody's data until somebody notices",
    remedy = "ask for a token that names the user, beside the key or in its place")
public final class KeyAlonePersonal implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (personal(contract, operation) && keysAlone(contract, operation)) {
        report
            .cause("", "an API key alone opens personal data")
            .at(operation, operation.security().place());
      }
    }
  }

  private static boolean personal(Audited contract, Operation operation) {
    return contract.answers(operation).compareTo(Sensitivity.PERSONAL) >= 0
        || contract.takes(operation).compareTo(Sensitivity.PERSONAL) >= 0;
  }

  private static boolean keysAlone(Audited contract, Operation operation) {
    List<Security.Alternative> alternatives = operation.security().alternatives();
    return !alternatives.isEmpty()
        && alternatives.stream()
            .flatMap(each -> each.needs().stream())
            .allMatch(need -> key(contract, contract.contract().schemes().get(need.scheme())));
  }

  private static boolean key(Audited contract, @Nullable SecurityScheme scheme) {
    return scheme != null
        && scheme.kind() instanceof SecurityScheme.ApiKey(Parameter.In in, String name)
        && in != Parameter.In.COOKIE
        && !name.equalsIgnoreCase("authorization")
        && !Schemes.signed(contract, scheme);
  }
}
