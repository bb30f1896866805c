package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Subject;
import java.util.List;
import java.util.Set;

/// Finds texts in requests called `sql`, `command`, `script`, `shell` or the like.
///
/// Silent where they are listed by `enum`, and about operations that only callers with a role or
/// scope reach.
@Rule(
    id = "code-taken",
    title = "callers send something that is run",
    severity = Severity.MEDIUM,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 94,
    why =
        "What a service runs for one caller it runs with its own rights: its data, its network, its"
            + " files",
    remedy =
        "take a choice of things that may be done instead of how to do them; where it must be, ask"
            + " for a role")
public final class CodeTaken implements AuditRule {
  private static final Set<String> RUN =
      Set.of(
          "sql",
          "cmd",
          "command",
          "shell",
          "script",
          "exec",
          "sql query",
          "raw query",
          "expression language",
          "javascript",
          "shell command",
          "raw sql");

  @Override
  public void judge(Audited contract, Report report) {
    for (Way way : List.of(Way.PARAMETER, Way.REQUEST)) {
      for (Shape shape : contract.shapes().all(way)) {
        if (shape.property() != null
            && Questions.is(shape.schema(), "string")
            && RUN.contains(String.join(" ", NameWords.of(shape.property())))
            && !Questions.says(shape, "enum", "const", "pattern", "readOnly")) {
          List<Operation> open =
              contract.shapes().operations(shape, way).stream()
                  .filter(each -> contract.exposure(each) != Exposure.ROLE)
                  .toList();
          if (!open.isEmpty()) {
            report
                .cause(shape.property(), "`" + shape.property() + "` is run")
                .at(Subject.schema(shape.name()), shape.place(), open);
          }
        }
      }
    }
  }
}
