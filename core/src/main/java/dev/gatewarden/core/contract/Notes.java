package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.List;

/// What a reading finds wrong: problems, which make the promise unclear, and warnings, which do not.
final class Notes {
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  void problem(Place place, String message) {
    problem(place, message, "");
  }

  void problem(Place place, String message, String advice) {
    problems.add(new Problem(place, message, advice));
  }

  void warning(Place place, String message, String advice) {
    warnings.add(new Problem(place, message, advice));
  }

  void warning(Place place, String message) {
    warning(place, message, "");
  }

  void problems(List<Problem> more) {
    problems.addAll(more);
  }

  void warnings(List<Problem> more) {
    warnings.addAll(more);
  }

  /// The problems in the order of the text, each once.
  List<Problem> problems() {
    return inOrder(problems);
  }

  /// The warnings in the order of the text, each once.
  List<Problem> warnings() {
    return inOrder(warnings);
  }

  /// By file as met, then by line and column.
  private static List<Problem> inOrder(List<Problem> notes) {
    List<String> files = notes.stream().map(each -> each.place().origin().name()).distinct().toList();
    return notes.stream()
        .distinct()
        .sorted(
            java.util.Comparator.<Problem>comparingInt(
                    each -> files.indexOf(each.place().origin().name()))
                .thenComparingInt(each -> each.place().line())
                .thenComparingInt(each -> each.place().column()))
        .toList();
  }
}
