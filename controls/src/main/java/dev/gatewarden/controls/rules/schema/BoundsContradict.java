package dev.gatewarden.controls.rules.schema;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Subject;
import dev.gatewarden.core.finding.Tree;
import java.math.BigDecimal;
import java.util.List;

/// Finds lower bounds that lie above the upper ones: of lengths, numbers and lists.
@Rule(
    id = "bounds-contradict",
    title = "no value can meet the bounds",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 1284,
    why =
        "Who enforces the contract refuses everything, so the bound is taken away, and then nothing"
            + " is bounded",
    remedy = "correct the one that is wrong")
public final class BoundsContradict implements AuditRule {
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("minLength", "maxLength"),
          List.of("minimum", "maximum"),
          List.of("minItems", "maxItems"),
          List.of("minProperties", "maxProperties"));

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : Way.values()) {
      for (Shape shape : contract.shapes().all(way)) {
        for (List<String> pair : PAIRS) {
          Node lower = shape.schema().get(pair.getFirst());
          BigDecimal least = Tree.number(lower);
          BigDecimal most = Tree.number(shape.schema().get(pair.getLast()));
          if (lower != null && least != null && most != null && least.compareTo(most) > 0) {
            report
                .cause(
                    shape.name() + " " + pair.getFirst(),
                    "`"
                        + pair.getFirst()
                        + "` of `"
                        + shape.name()
                        + "` lies above `"
                        + pair.getLast()
                        + "`")
                .at(
                    Subject.schema(shape.name()),
                    lower.place(),
                    contract.shapes().operations(shape, way));
          }
        }
      }
    }
  }
}
