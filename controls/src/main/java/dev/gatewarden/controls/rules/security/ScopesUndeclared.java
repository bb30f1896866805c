package dev.gatewarden.controls.rules.security;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.List;

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
                Report.Cause cause =
                    report
                        .cause(
                            need.scheme() + " " + scope,
                            "`" + need.scheme() + "` declares no scope `" + scope + "`")
                        .at(operation, operation.security().place());
                declared(contract, scheme, scope).forEach(cause::remedy);
              }
            }
          }
        }
      }
    }
  }

  /// The scope under each flow of its scheme, still without a description.
  private static List<Remedy> declared(Audited contract, SecurityScheme scheme, String scope) {
    List<Change> changes = new ArrayList<>();
    Node.Obj flows = Tree.object(Schemes.source(contract, scheme), "flows");
    if (flows != null && !Mend.converted(contract)) {
      for (Node.Member flow : flows.entries()) {
        Node.Obj scopes = Tree.object(Tree.object(flow.value()), "scopes");
        if (scopes != null) {
          changes.add(new Change.Add(scopes.place(), scope, "\"\""));
        }
      }
    }
    return changes.isEmpty()
        ? List.of()
        : List.of(new Remedy.Edit("declare the scope `" + scope + "`", changes, false));
  }
}
