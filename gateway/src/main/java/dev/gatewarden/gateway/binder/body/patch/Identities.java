package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.exchange.Reading.Meaning;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The places of an object that say which it is and whose.
record Identities(Map<PointerPattern, Meaning> places) {

  /// Whether none lies deeper than the object's own members.
  boolean shallow() {
    return places.keySet().stream().allMatch(pattern -> pattern.steps().size() < 2);
  }

  /// Takes what an operation writes at a place of the object.
  interface Written {
    /// @param below the way from where it writes to the value; empty where it writes the value
    ///     itself, null where it writes something within it
    void at(Meaning meaning, @Nullable List<PointerPattern.Step> below);
  }

  /// Tells of each place that changes where something is written: it itself, those below it, and
  /// those that it lies in. Services may read names in any case.
  void touched(List<String> path, Written found) {
    places.forEach(
        (pattern, meaning) -> {
          List<PointerPattern.Step> steps = pattern.steps();
          if (begins(path, steps)) {
            found.at(
                meaning,
                steps.size() < path.size() ? null : steps.subList(path.size(), steps.size()));
          }
        });
  }

  /// Tells what goes with the value at a place when that goes.
  void below(List<String> path, Consumer<Meaning> found) {
    touched(
        path,
        (meaning, below) -> {
          if (below != null && !below.isEmpty()) {
            found.accept(meaning);
          }
        });
  }

  private static boolean begins(List<String> path, List<PointerPattern.Step> steps) {
    for (int i = 0; i < Math.min(path.size(), steps.size()); i++) {
      if (steps.get(i) instanceof PointerPattern.Name(String name)
          && !name.equalsIgnoreCase(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
