package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The problems found so far, each once.
final class Problems {
  private final Set<Problem> found = new LinkedHashSet<>();

  void add(Place place, String message) {
    add(place, message, "");
  }

  void add(Place place, String message, String advice) {
    found.add(new Problem(place, message, advice));
  }

  void addAll(List<Problem> more) {
    found.addAll(more);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /// All of them, those of one file in the order of its text.
  List<Problem> inOrder() {
    List<Problem> all = new ArrayList<>(found);
    all.sort(
        Comparator.comparing((Problem problem) -> problem.place().origin().name())
            .thenComparingInt(problem -> problem.place().line())
            .thenComparingInt(problem -> problem.place().column()));
    return all;
  }
}
