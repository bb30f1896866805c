package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What a reading finds wrong: problems, which make the promise unclear, and warnings, which do
/// not.
final class Notes {
  private final List<String> first;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  Notes() {
    this.first = List.of();
  }

  /// @param first the name of the file whose faults are told first
  Notes(String first) {
    this.first = List.of(first);
  }

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
  private List<Problem> inOrder(List<Problem> notes) {
    List<String> files =
        Stream.concat(first.stream(), notes.stream().map(each -> each.place().origin().name()))
            .distinct()
            .toList();
    return notes.stream()
        .distinct()
        .sorted(
            Comparator.<Problem>comparingInt(each -> files.indexOf(each.place().origin().name()))
                .thenComparingInt(each -> each.place().line())
                .thenComparingInt(each -> each.place().column()))
        .toList();
  }
}
