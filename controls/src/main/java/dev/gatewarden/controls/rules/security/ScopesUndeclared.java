package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;

/// Finds scopes that an operation asks of an OAuth scheme which declares others, and not this one.
@Rule(
    id = "scopes-undeclared",
    title = "a scope is asked for that nobody can have",
    severity = Severity.LOW,
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 285,
    why =
        "No authorization server grants what no scheme declares: either nobody can call, or nobody"
            + " checks",
    remedy = "declare the scope under the scheme's flows, or correct its name")
public final class ScopesUndeclared implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Security.Alternative alternative : operation.security().alternatives()) {
        for (Security.Need need : alternative.needs()) {
          SecurityScheme scheme = contract.contract().schemes().get(need.scheme());
          if (scheme != null
              && scheme.kind() instanceof SecurityScheme.OAuth2 oauth
              && !oauth.scopes().isEmpty()) {
            for (String scope : need.scopes()) {
              if (!oauth.scopes().contains(scope)) {
                report
                    .cause(
                        need.scheme() + " " + scope,
                        "`" + need.scheme() + "` declares no scope `" + scope + "`")
                    .at(operation, operation.security().place());
              }
            }
          }
        }
      }
    }
  }
}
