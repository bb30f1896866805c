package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Classifier;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import java.util.ArrayList;
import java.util.List;

/// Finds contracts that answer what looks like personal, financial or secret data, and have
/// `x-gatewarden-class` nowhere.
///
/// Its places are the properties that look like it.
@Rule(
    id = "class-missing",
    title = "nothing says which data is personal",
    severity = Severity.LOW,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 1059,
    why =
        "Who builds, tests or logs does not know what must not leave; guesses by name miss what is"
            + " called otherwise",
    remedy = "say it at the property: `x-gatewarden-class: personal`")
public final class ClassMissing implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    List<Shape> personal = new ArrayList<>();
    for (Shape shape : contract.shapes().all(Way.RESPONSE)) {
      if (shape.schema().get("x-gatewarden-class") != null) {
        return;
      }
      Sensitivity found =
          shape.reference() ? null : Classifier.of(shape.property(), shape.schema());
      if (found != null && found.compareTo(Sensitivity.PERSONAL) >= 0) {
        personal.add(shape);
      }
    }
    for (Shape shape : personal) {
      Report.Cause cause =
          report.cause("", "nothing says which data is personal").at(contract, shape, Way.RESPONSE);
      Sensitivity found = Classifier.of(shape.property(), shape.schema());
      if (found != null) {
        Mend.suggest(contract, cause, shape, "x-gatewarden-class", Json.of(found.word()));
      }
    }
  }
}
