package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
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
import java.util.Set;

/// Finds properties of request bodies called `createdAt`, `updatedAt`, `createdBy` and the like
/// that are not `readOnly`.
@Rule(
    id = "stamp-writable",
    title = "callers may set what the service keeps",
    severity = Severity.LOW,
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 915,
    why = "Dates and ids that a caller chooses falsify histories, and overwrite what is there",
    remedy = "write `readOnly: true`")
public final class StampWritable implements AuditRule {
  private static final Set<String> STAMPS =
      Set.of(
          "created at",
          "updated at",
          "modified at",
          "deleted at",
          "created by",
          "updated by",
          "modified by",
          "created date",
          "date created",
          "created on",
          "updated on",
          "modified on",
          "last modified",
          "last updated",
          "last login");

  @Override
  public void judge(Audited contract, Report report) {
    for (Shape shape : contract.shapes().all(Way.REQUEST)) {
      String property = shape.property();
      Shape parent = shape.parent();
      if (property != null
          && parent != null
          && STAMPS.contains(String.join(" ", NameWords.of(property)))
          && !Questions.says(shape, "readOnly", "x-gatewarden-write", "const")
          && Tree.object(parent.schema(), "properties") != null) {
        List<Operation> writing =
            contract.shapes().operations(shape, Way.REQUEST).stream()
                .filter(each -> !each.safe())
                .toList();
        if (!writing.isEmpty()) {
          Report.Cause cause =
              report
                  .cause("", "callers may set dates and names that the service keeps")
                  .at(Subject.schema(shape.name()), shape.place(), writing);
          Mend.suggest(contract, cause, shape, "readOnly", Json.of(true));
        }
      }
    }
  }
}
