package dev.gatewarden.app.command.coverage;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to one question at one operation.
///
/// @param reason in a sentence
/// @param guards who answers it, by name, with their mode where they do not enforce
/// @param until the day an exception ends; null where none relaxes it
/// @param withstood the probes that attacked it in vain
public record Cell(
    State state,
    String reason,
    List<String> guards,
    @Nullable LocalDate until,
    List<String> withstood) {
  public Cell {
    guards = List.copyOf(guards);
    withstood = List.copyOf(withstood);
  }

  /// Where nothing was probed.
  public Cell(State state, String reason, List<String> guards, @Nullable LocalDate until) {
    this(state, reason, guards, until, List.of());
  }

  static Cell of(State state, String reason) {
    return new Cell(state, reason, List.of(), null);
  }

  /// The same, after probes have tried it.
  ///
  /// @param broken the probe that got through, or null
  Cell probed(List<String> inVain, @Nullable String broken) {
    return broken == null
        ? new Cell(state, reason, guards, until, inVain)
        : new Cell(
            State.UNGUARDED, "the probe `" + broken + "` got through", guards, until, inVain);
  }

  /// In a few words: `excused until 2027-01-31`.
  public String text() {
    return until == null ? state.word() : state.word() + " until " + until;
  }
}
