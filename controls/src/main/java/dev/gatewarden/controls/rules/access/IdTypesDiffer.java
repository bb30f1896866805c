package dev.gatewarden.controls.rules.access;

import dev.gatewarden.controls.rules.Questions;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds path parameters of one name that are whole numbers in one operation and texts in another,
/// below the same path.
///
/// Silent about parameters called `id` alone below different paths: they name different things.
@Rule(
    id = "id-types-differ",
    title = "an id is a number here and a text there",
    severity = Severity.LOW,
    threat = Threat.API9_INVENTORY,
    cwe = 1287,
    why =
        "One operation checks what another lets through: the text `1e3` or ` 1` finds the object"
            + " where the check found none",
    remedy = "describe the id once under `components.parameters`, and refer to it")
public final class IdTypesDiffer implements AuditRule {
  @Override
  public void judge(Audited contract, Report report) {
    Map<String, Set<String>> types = new LinkedHashMap<>();
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : Questions.ids(operation)) {
        types
            .computeIfAbsent(key(operation, parameter), _ -> new TreeSet<>())
            .addAll(types(contract, parameter));
      }
    }
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : Questions.ids(operation)) {
        String key = key(operation, parameter);
        if (types.getOrDefault(key, Set.of()).containsAll(List.of("integer", "string"))) {
          report
              .cause(key, "`" + parameter.name() + "` is a number here and a text there")
              .at(operation, parameter);
        }
      }
    }
  }

  private static String key(Operation operation, Parameter parameter) {
    String path = operation.path().text();
    return path.substring(0, Math.max(0, path.indexOf("{" + parameter.name() + "}")))
        + parameter.name();
  }

  private static Set<String> types(Audited contract, Parameter parameter) {
    Set<String> types = new TreeSet<>();
    for (Node.Obj each : Questions.sides(contract, parameter.schema().schema())) {
      types.addAll(Tree.texts(each.get("type")));
    }
    return types.size() == 1 ? types : Set.of();
  }
}
