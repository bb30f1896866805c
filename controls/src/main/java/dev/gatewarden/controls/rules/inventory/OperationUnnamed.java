package dev.gatewarden.controls.rules.inventory;

import dev.gatewarden.controls.rules.Mend;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.AuditRule;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Remedy.Change;
import dev.gatewarden.core.finding.Report;
import dev.gatewarden.core.finding.Rule;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.finding.Tree;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds operations without `operationId`.
@Rule(
    id = "operation-unnamed",
    title = "an operation has no name",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1059,
    why =
        "Logs, exceptions, tests and owners refer to operations by name; a derived one changes with"
            + " the path",
    remedy = "give it an `operationId`")
public final class OperationUnnamed implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Set<String> taken = new HashSet<>();
    for (Operation each : contract.operations()) {
      taken.add(String.valueOf(Tree.text(each.source(), "operationId")));
    }
    for (Operation operation : contract.operations()) {
      String id = Tree.text(operation.source(), "operationId");
      if (id == null || id.isBlank()) {
        Report.Cause cause = report.cause("", "an operation has no name").at(operation);
        String name = name(operation, taken);
        if (id == null && name != null && operation.source().get("operationId") == null) {
          cause.remedy(
              Mend.suggested(
                  "give it an `operationId`",
                  new Change.Add(operation.source().place(), "operationId", Json.quoted(name))));
        }
      }
    }
  }

  /// Its method and path in one word, as in `getOrdersByOrderId`; null where another has that.
  private static @Nullable String name(Operation operation, Set<String> taken) {
    StringBuilder name = new StringBuilder(operation.method().toLowerCase(Locale.ROOT));
    for (PathTemplate.Segment segment : operation.path().segments()) {
      for (PathTemplate.Part part : segment.parts()) {
        String text =
            switch (part) {
              case PathTemplate.Literal(String literal) -> literal;
              case PathTemplate.Variable variable -> "by-" + variable.name();
            };
        for (String word : NameWords.of(text)) {
          name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
      }
    }
    return taken.add(name.toString()) ? name.toString() : null;
  }
}
