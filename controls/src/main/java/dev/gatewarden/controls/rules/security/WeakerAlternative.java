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
import dev.gatewarden.core.finding.Severity;

/// Finds operations that take a token, a client certificate or an OpenID login, or else a password
/// with every call or a key in the address.
@Rule(
    id = "security-weaker-alternative",
    title = "an alternative is weaker than the others",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1390,
    why =
        "Who attacks takes the weakest door: what the stronger credential proves nobody has to"
            + " prove",
    remedy = "take the weaker alternative out, or ask for both together")
public final class WeakerAlternative implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      boolean strong = false;
      String weak = null;
      for (Security.Alternative each : operation.security().alternatives()) {
        if (each.needs().stream().anyMatch(need -> strong(contract, need))) {
          strong = true;
        } else if (!each.needs().isEmpty()) {
          weak = each.needs().getFirst().scheme();
        }
      }
      if (strong && weak != null && weak(contract, weak)) {
        report
            .cause(weak, "`" + weak + "` is taken in the place of something stronger")
            .at(operation, operation.security().place());
      }
    }
  }

  private static boolean strong(Audited contract, Security.Need need) {
    SecurityScheme scheme = contract.contract().schemes().get(need.scheme());
    return scheme != null
        && switch (scheme.kind()) {
          case SecurityScheme.Http(String word, var _) -> !word.equals("basic");
          case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> true;
          case SecurityScheme.MutualTls _ -> true;
          case SecurityScheme.ApiKey _ -> false;
        };
  }

  private static boolean weak(Audited contract, String name) {
    SecurityScheme scheme = contract.contract().schemes().get(name);
    return scheme != null
        && switch (scheme.kind()) {
          case SecurityScheme.Http(String word, var _) -> word.equals("basic");
          case SecurityScheme.ApiKey(Parameter.In in, var _) -> in == Parameter.In.QUERY;
          case SecurityScheme.OAuth2 _, SecurityScheme.OpenIdConnect _ -> false;
          case SecurityScheme.MutualTls _ -> false;
        };
  }
}
