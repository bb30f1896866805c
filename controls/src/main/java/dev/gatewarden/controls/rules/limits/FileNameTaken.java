package dev.gatewarden.controls.rules.limits;

import dev.gatewarden.controls.rules.Questions;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.Set;

/// Finds query and path parameters called `file`, `filename`, `path` or `dir` without `pattern`,
/// `enum` or `format`.
@Rule(
    id = "file-name-taken",
    title = "callers say which file",
    severity = Severity.LOW,
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 22,
    why = "`../../etc/passwd` is a file name too",
    remedy =
        "bound it with a `pattern` that has neither slashes nor dots at its start, or take an id")
public final class FileNameTaken implements AuditRule {
  private static final Set<String> NAMES =
      Set.of(
          "file",
          "filename",
          "file name",
          "filepath",
          "file path",
          "dir",
          "directory",
          "folder path",
          "template path",
          "document path");

  @Override
  public void judge(Audited contract, Report report) {
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        boolean address =
            parameter.in() == Parameter.In.QUERY || parameter.in() == Parameter.In.PATH;
        Node.Obj schema = contract.object(parameter.schema().schema());
        if (address
            && schema != null
            && NAMES.contains(String.join(" ", NameWords.of(parameter.name())))
            && Questions.is(schema, "string")
            && !Tree.has(schema, "pattern")
            && !Tree.has(schema, "enum")
            && !Tree.has(schema, "format")) {
          report.cause("", "callers say which file").at(operation, parameter);
        }
      }
    }
  }
}
