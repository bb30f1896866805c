package dev.gatewarden.app.command.coverage;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What probes came to, as `gatewarden probe --format json` tells it.
///
/// @param inVain by operation: the probes that attacked it in vain
/// @param through by operation: those that got through
public record Probed(Map<String, Set<String>> inVain, Map<String, Set<String>> through) {

  /// Reads a report; null where it is none.
  public static @Nullable Probed of(Node report) {
    if (!(report instanceof Node.Obj object)
        || !(object.get("withstood") instanceof Node.Obj withstood)
        || !(object.get("findings") instanceof Node.Arr findings)) {
      return null;
    }
    Map<String, Set<String>> inVain = new HashMap<>();
    for (Node.Member probe : withstood.entries()) {
      if (probe.value() instanceof Node.Arr operations) {
        operations.items().forEach(each -> put(inVain, Json.scalar(each), probe.name()));
      }
    }
    Map<String, Set<String>> through = new HashMap<>();
    for (Node each : findings.items()) {
      if (each instanceof Node.Obj finding) {
        String probe = Json.scalar(finding.get("probe"));
        if (probe != null) {
          put(through, Json.scalar(finding.get("operation")), probe);
        }
      }
    }
    return new Probed(inVain, through);
  }

  private static void put(Map<String, Set<String>> all, @Nullable String operation, String probe) {
    if (operation != null) {
      all.computeIfAbsent(operation, _ -> new LinkedHashSet<>()).add(probe);
    }
  }

  /// The probes of a column that an operation withstood.
  List<String> withstood(String operation, Column column) {
    List<String> probes = new ArrayList<>(inVain.getOrDefault(operation, Set.of()));
    probes.removeIf(
        each -> !column.probes().contains(each) || each.equals(broken(operation, column)));
    return probes;
  }

  /// A probe of a column that got through, or null.
  @Nullable String broken(String operation, Column column) {
    return through.getOrDefault(operation, Set.of()).stream()
        .filter(column.probes()::contains)
        .findFirst()
        .orElse(null);
  }
}
