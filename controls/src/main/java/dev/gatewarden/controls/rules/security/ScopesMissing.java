package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds operations that ask for a token of an OAuth scheme which has scopes, and name none.
///
/// Silent where `x-gatewarden-permission` asks for a role.
@Rule(
    id = "scopes-missing",
    title = "any token will do",
    severity = Severity.MEDIUM,
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 285,
    why =
        "A token that was given for one thing opens everything: whoever steals or is granted the"
            + " least of them has them all",
    remedy = "name under `security` the scopes that the operation needs")
public final class ScopesMissing implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Security.Alternative alternative : operation.security().alternatives()) {
        boolean bare =
            !alternative.needs().isEmpty()
                && alternative.needs().stream().allMatch(need -> need.scopes().isEmpty());
        for (Security.Need need : alternative.needs()) {
          SecurityScheme scheme = contract.contract().schemes().get(need.scheme());
          if (bare
              && scheme != null
              && scheme.kind() instanceof SecurityScheme.OAuth2 oauth
              && !oauth.scopes().isEmpty()
              && Permission.in(operation.extensions()) == null) {
            report
                .cause(
                    scheme.name(),
                    "any token of `" + scheme.name() + "` will do, whatever its scopes")
                .at(operation, operation.security().place());
          }
        }
      }
    }
  }
}
