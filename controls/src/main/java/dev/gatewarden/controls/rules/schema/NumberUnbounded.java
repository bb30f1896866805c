package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Tree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/// Finds numbers in request bodies that have neither `minimum` nor `maximum`, nor a format that
/// says their size.
///
/// It is one finding for the whole contract, with each number among its places.
@Rule(
    id = "number-unbounded",
    title = "callers may send numbers of any size",
    severity = Severity.LOW,
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 1284,
    why = "Negative amounts turn a payment round, huge ones overflow what is computed from them",
    remedy = "give numbers a `minimum` and a `maximum`, whole ones at least a `format`")
public final class NumberUnbounded implements AuditRule {
  private static final Set<String> AMOUNTS =
      Set.of("amount", "price", "quantity", "total", "count", "weight", "width", "height");

  @Override
  public void judge(Audited contract, Report report) {
    for (Shape shape : contract.shapes().all(Way.REQUEST)) {
      Node.Obj schema = shape.schema();
      boolean number = Questions.is(schema, "integer") || Questions.is(schema, "number");
      if (number
          && !shape.reference()
          && !Questions.says(
              shape,
              "minimum",
              "maximum",
              "exclusiveMinimum",
              "exclusiveMaximum",
              "enum",
              "const",
              "format")) {
        Report.Cause cause =
            report.cause("", "numbers may be of any size").at(contract, shape, Way.REQUEST);
        if (Questions.is(schema, "integer")) {
          Mend.suggest(contract, cause, shape, "format", Json.of("int64"));
        } else if (counted(shape)) {
          Mend.suggest(contract, cause, shape, "minimum", Json.of(0));
        }
      }
    }
  }

  /// Whether it is called like an amount, which is never below nothing.
  private static boolean counted(Shape shape) {
    List<String> words =
        shape.property() == null ? List.of() : NameWords.of(String.valueOf(shape.property()));
    BigDecimal shown = Tree.number(shape.schema().get("example"));
    return !words.isEmpty()
        && AMOUNTS.contains(words.getLast())
        && (shown == null || shown.signum() >= 0);
  }
}
