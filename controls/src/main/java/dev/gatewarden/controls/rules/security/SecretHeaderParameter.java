package dev.gatewarden.controls.rules.security;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.Locale;
import java.util.Set;

/// Finds header and cookie parameters that are called like a credential, at operations that ask
/// for none.
///
/// Silent where the operation asks for some scheme.
@Rule(
    id = "credential-as-parameter",
    title = "a credential is described as any other header",
    severity = Severity.MEDIUM,
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1059,
    why =
        "Tools that enforce, test or generate look for credentials under `security` alone: for them"
            + " the operation is open",
    remedy = "declare a security scheme for it, and ask for it under `security`")
public final class SecretHeaderParameter implements AuditRule {
  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "x-api-key",
          "api-key",
          "apikey",
          "x-auth-token",
          "auth-token",
          "x-access-token",
          "access-token",
          "token",
          "x-token",
          "sessionid",
          "session-id",
          "x-session-token");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      if (operation.security().alternatives().isEmpty()) {
        Node.Obj item =
            Tree.object(Tree.object(contract.source(), "paths"), operation.path().text());
        if (item != null) {
          look(contract, operation, item, report);
        }
        look(contract, operation, operation.source(), report);
      }
    }
  }

  /// The contract's reader leaves such headers out, as OpenAPI says.
  private static void look(Audited contract, Operation operation, Node.Obj holder, Report report) {
    for (Node each : Tree.items(holder.get("parameters"))) {
      Node.Obj parameter = contract.object(each);
      String name = Tree.text(parameter, "name");
      String in = Tree.text(parameter, "in");
      boolean carried = "header".equals(in) || "cookie".equals(in);
      if (parameter != null && name != null && carried && NAMES.contains(plain(name))) {
        report
            .cause(plain(name), "`" + name + "` is a credential, and no security scheme")
            .at(operation, parameter.place());
      }
    }
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
