package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// Finds properties of error answers called `stackTrace`, `exception`, `sql` or the like.
@Rule(
    id = "error-with-internals",
    title = "errors tell of the inside",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 209,
    why = "Stack traces and queries tell an attacker the versions, tables and paths to try next",
    remedy = "take it out of the answer and into the log, under an id that the answer names")
public final class ErrorWithInternals implements AuditRule {
  private static final Set<String> INSIDE =
      Set.of(
          "stacktrace",
          "stack trace",
          "stack",
          "trace",
          "backtrace",
          "exception",
          "exception message",
          "exception type",
          "sql",
          "sql state",
          "debug",
          "debug info",
          "debug message",
          "inner exception",
          "innererror",
          "traceback",
          "line number",
          "exception class");

  @Override
  public void judge(Audited contract, Report report) {
    Set<Node> errors = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<Node> answers = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Operation operation : contract.operations()) {
      for (Responses.Promised each : operation.responses().byStatus().values()) {
        boolean wrong =
            each.status().startsWith("4")
                || each.status().startsWith("5")
                || each.status().equals("default");
        for (Content.MediaType type : each.content().types().values()) {
          if (type.schema() != null) {
            (wrong ? errors : answers).addAll(Questions.sides(contract, type.schema().schema()));
          }
        }
      }
    }
    for (Shape shape : contract.shapes().all(Way.RESPONSE)) {
      Shape parent = shape.parent();
      if (parent != null
          && shape.property() != null
          && errors.contains(parent.schema())
          && !answers.contains(parent.schema())
          && INSIDE.contains(String.join(" ", NameWords.of(shape.property())))) {
        report
            .cause(shape.property(), "errors tell `" + shape.property() + "`")
            .at(contract, shape, Way.RESPONSE);
      }
    }
  }
}
