package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.Set;

/// Finds query parameters called `redirect`, `return_to`, `next` or the like at operations that
/// answer with a redirection.
///
/// Silent where `enum`, `const` or a pattern says where they may lead.
@Rule(
    id = "redirect-open",
    title = "callers say where browsers are sent",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 601,
    why =
        "A link to your own host leads to somebody else's login: mails and chats trust it because"
            + " it is yours, and codes of a login go with it",
    remedy = "list where it may lead with `enum` or a `pattern` that begins with your own hosts")
public final class RedirectOpen implements AuditRule {
  private static final Set<String> NAMES =
      Set.of(
          "redirect",
          "redirect uri",
          "redirect url",
          "redirecturi",
          "redirecturl",
          "return url",
          "return to",
          "returnto",
          "returnurl",
          "next",
          "continue",
          "continue url",
          "goto",
          "target url",
          "forward",
          "dest",
          "destination",
          "success url",
          "return");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      boolean redirects =
          operation.responses().byStatus().keySet().stream()
              .anyMatch(each -> each.startsWith("3") && !each.equals("304"));
      for (Parameter parameter : operation.parameters()) {
        String name = String.join(" ", NameWords.of(parameter.name()));
        Node.Obj schema = contract.object(parameter.schema().schema());
        if (redirects
            && parameter.in() == Parameter.In.QUERY
            && NAMES.contains(name)
            && schema != null
            && !Tree.has(schema, "enum")
            && !Tree.has(schema, "const")
            && !Tree.has(schema, "pattern")) {
          report
              .cause(name, "`" + parameter.name() + "` says where browsers are sent")
              .at(operation, parameter);
        }
      }
    }
  }
}
