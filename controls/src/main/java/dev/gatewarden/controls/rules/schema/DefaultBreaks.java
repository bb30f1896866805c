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
import java.util.List;

/// Finds defaults that are not among the `enum` of their own schema.
@Rule(
    id = "default-not-allowed",
    title = "a default is none of the values allowed",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 1188,
    why =
        "Clients that leave the value out are given one that the contract forbids, and each reader"
            + " decides for itself what holds",
    remedy = "write one of the values that are allowed")
public final class DefaultBreaks implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : List.of(Way.PARAMETER, Way.REQUEST)) {
      for (Shape shape : contract.shapes().all(way)) {
        Node.Obj schema = shape.schema();
        String fallback = Tree.text(schema, "default");
        List<String> choices = Tree.texts(schema.get("enum"));
        boolean texts =
            choices.size() == Tree.items(schema.get("enum")).size() && !choices.isEmpty();
        Node at = schema.get("default");
        if (at != null && fallback != null && texts && !choices.contains(fallback)) {
          report
              .cause(shape.name(), "the default of `" + shape.name() + "` is none of its values")
              .at(
                  Subject.schema(shape.name()),
                  at.place(),
                  contract.shapes().operations(shape, way));
        }
      }
    }
  }
}
