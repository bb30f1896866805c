package dev.gatewarden.app.command.coverage;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to one question at one operation.
///
/// @param reason in a sentence
/// @param guards who answers it, by name, with their mode where they do not enforce
/// @param until the day an exception ends; null where none relaxes it
public record Cell(State state, String reason, List<String> guards, @Nullable LocalDate until) {
  public Cell {
    guards = List.copyOf(guards);
  }

  static Cell of(State state, String reason) {
    return new Cell(state, reason, List.of(), null);
  }

  /// In a few words: `excused until 2027-01-31`.
  public String text() {
    return until == null ? state.word() : state.word() + " until " + until;
  }
}
