package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.decision.Threat;
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

/// Finds whole numbers whose `maximum`, `minimum`, `enum`, `default` or `example` lies beyond
/// 2^53.
@Rule(
    id = "integer-beyond-json",
    title = "a whole number is larger than callers can read",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 190,
    why =
        "JavaScript and every reader of JSON that uses doubles rounds it beyond 2^53: two ids"
            + " become one, and amounts change",
    remedy = "send it as a text with a `pattern`, or bound it by 9007199254740991")
public final class IntegerTooLarge implements AuditRule {
  private static final BigDecimal EXACT = BigDecimal.valueOf(1L << 53);
  private static final List<String> WORDS =
      List.of("maximum", "minimum", "example", "default", "const");

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : Way.values()) {
      for (Shape shape : contract.shapes().all(way)) {
        if (Questions.is(shape.schema(), "integer") && beyond(shape.schema())) {
          report
              .cause(shape.name(), "`" + shape.name() + "` may lie beyond 2^53")
              .at(contract, shape, way);
        }
      }
    }
  }

  private static boolean beyond(Node.Obj schema) {
    for (String word : WORDS) {
      BigDecimal number = Tree.number(schema.get(word));
      // the bounds of int64 itself are only its format once more
      if (number != null
          && number.abs().compareTo(EXACT) > 0
          && number.precision() < 20
          && !whole(number)) {
        return true;
      }
    }
    return false;
  }

  private static boolean whole(BigDecimal number) {
    return number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) >= 0
        || number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) <= 0;
  }
}
