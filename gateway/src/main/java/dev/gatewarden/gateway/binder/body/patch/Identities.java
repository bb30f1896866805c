package dev.gatewarden.gateway.binder.body.patch;

import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.exchange.Reading.Meaning;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The places of an object that say which it is and whose.
record Identities(Map<PointerPattern, Meaning> places) {

  /// Whether none lies deeper than the object's own members.
  boolean shallow() {
    return places.keySet().stream().allMatch(pattern -> pattern.steps().size() < 2);
  }

  /// Tells what stands at a place itself.
  void at(List<String> path, Consumer<Meaning> found) {
    places.forEach(
        (pattern, meaning) -> {
          if (pattern.steps().size() == path.size() && begins(path, pattern)) {
            found.accept(meaning);
          }
        });
  }

  /// Tells what goes with the value at a place when that goes.
  void below(List<String> path, Consumer<Meaning> found) {
    places.forEach(
        (pattern, meaning) -> {
          if (pattern.steps().size() > path.size() && begins(path, pattern)) {
            found.accept(meaning);
          }
        });
  }

  private static boolean begins(List<String> path, PointerPattern pattern) {
    for (int i = 0; i < path.size(); i++) {
      if (pattern.steps().get(i) instanceof PointerPattern.Name(String name)
          && !name.equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
