package dev.gatewarden.controls.rules.security;

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
import java.util.Locale;

/// Finds operations that read and take a query parameter `callback` or `jsonp` that names a
/// function, by its description, its pattern or the JavaScript that is answered.
@Rule(
    id = "jsonp-answers",
    title = "answers are given to any page as a script",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 346,
    why =
        "A script tag of any page reads the answer with the visitor's own cookies, past everything"
            + " that browsers hold apart",
    remedy = "take `callback` away; let pages of known origins read it by CORS")
public final class JsonpAnswers implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        String name = parameter.name().toLowerCase(Locale.ROOT);
        boolean named =
            name.equals("callback") || name.equals("jsonp") || name.equals("$.xgafv_callback");
        if (operation.method().equals("GET")
            && parameter.in() == Parameter.In.QUERY
            && named
            && (name.equals("jsonp") || script(contract, operation, parameter))) {
          report.cause("", "any page reads the answer as a script").at(operation, parameter);
        }
      }
    }
  }

  private static boolean script(Audited contract, Operation operation, Parameter parameter) {
    boolean answered =
        operation.responses().byStatus().values().stream()
            .flatMap(each -> each.content().types().keySet().stream())
            .anyMatch(each -> each.contains("javascript"));
    String said = "";
    for (Node each : Tree.items(operation.source().get("parameters"))) {
      Node.Obj object = contract.object(each);
      if (parameter.name().equals(Tree.text(object, "name"))) {
        said = String.valueOf(Tree.text(object, "description")).toLowerCase(Locale.ROOT);
      }
    }
    return answered || said.contains("jsonp") || said.contains("javascript");
  }
}
