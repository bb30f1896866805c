package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private static final Pattern USUAL = Pattern.compile("^[A-Za-z0-9._~:@-]+$");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        if (parameter.in() == Parameter.In.PATH && shapeless(contract, parameter)) {
          Report.Cause cause = report.cause("", "an id may be any text").at(operation, parameter);
          if (parameter.schema().schema() instanceof Node.Obj schema && usual(schema)) {
            Mend.suggest(contract, cause, schema, "pattern", Json.of(USUAL.pattern()));
            Mend.suggest(
                contract, cause, schema, "maxLength", Json.of(Math.max(128, Mend.longest(schema))));
          }
        }
      }
    }
  }

  /// Whether what the contract shows of it looks as most ids do.
  private static boolean usual(Node.Obj schema) {
    return Stream.of("example", "examples", "default")
        .flatMap(each -> Tree.texts(schema.get(each)).stream())
        .allMatch(each -> USUAL.matcher(each).matches());
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
