package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Questions;
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
import java.util.List;

/// Finds path parameters that are texts without `format`, `pattern`, `enum` or `maxLength`.
@Rule(
    id = "id-shapeless",
    title = "an id may be any text",
    severity = Severity.LOW,
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 20,
    why =
        "What should be an id is a path, a query or a script: `../users`, `1 or 1=1` reach whatever"
            + " the id is put into",
    remedy = "say what ids look like: a `format`, or a `pattern` with a `maxLength`")
public final class IdShapeless implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        if (parameter.in() == Parameter.In.PATH && shapeless(contract, parameter)) {
          report.cause("", "an id may be any text").at(operation, parameter);
        }
      }
    }
  }

  private static boolean shapeless(Audited contract, Parameter parameter) {
    List<Node.Obj> sides = Questions.sides(contract, parameter.schema().schema());
    boolean text = sides.stream().anyMatch(each -> Questions.is(each, "string"));
    return text
        && sides.stream()
            .noneMatch(
                each ->
                    Tree.has(each, "format")
                        || Tree.has(each, "pattern")
                        || Tree.has(each, "enum")
                        || Tree.has(each, "const")
                        || Tree.has(each, "maxLength"));
  }
}
