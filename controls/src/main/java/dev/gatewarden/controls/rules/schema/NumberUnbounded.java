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
        report.cause("", "numbers may be of any size").at(contract, shape, Way.REQUEST);
      }
    }
  }
}
