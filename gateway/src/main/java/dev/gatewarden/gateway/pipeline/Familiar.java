package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.decision.Combiner;
import dev.gatewarden.core.decision.Decision;
import dev.gatewarden.core.decision.Edit;
import dev.gatewarden.core.decision.Judged;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one stage of one operation was decided last, kept because most guards answer nearly every
/// request with the same constant: when all verdicts are
/// the very objects they were last time, so is the decision, and nothing is combined again.
///
/// Only decisions to allow that claim nothing are kept, and only where no mode can change with
/// time.
final class Familiar {
  /// After so many decisions in a row that were of no use for the next, the stage is taken for one
  /// that is never the same.
  private static final int PATIENCE = 64;

  private final boolean steady;
  private @Nullable Known last;
  private int misses;

  /// @param edits of all verdicts, none of which contradict each other
  record Known(Verdict[] verdicts, Decision decision, List<Edit> edits) {}

  Familiar(Seat[] seats) {
    boolean all = seats.length > 0;
    for (Seat seat : seats) {
      all &= seat.excused() == Mode.ENFORCE || seat.until().equals(Instant.MAX);
    }
    this.steady = all;
  }

  /// The decision, if the verdicts are those of last time; else null.
  @Nullable Known recognize(Verdict[] verdicts) {
    Known known = last;
    if (known == null) {
      return null;
    }
    Verdict[] before = known.verdicts;
    for (int i = 0; i < before.length; i++) {
      if (before[i] != verdicts[i]) {
        return null;
      }
    }
    return known;
  }

  /// Keeps a decision for the next time, where that may be of use. Racing threads may lose one
  /// another's; nothing depends on it.
  void keep(Verdict[] verdicts, List<Judged> judged, Decision decision) {
    if (!steady || misses > PATIENCE || !decision.allowed()) {
      return;
    }
    misses++;
    List<Edit> edits = new ArrayList<>();
    for (Judged each : judged) {
      if (!each.verdict().claims().isEmpty()) {
        return;
      }
      if (each.enforced()) {
        edits.addAll(Combiner.edits(each.verdict()));
      }
    }
    if (edits.stream().noneMatch(Edit::ofBody)) {
      last = new Known(verdicts, decision, List.copyOf(edits));
    }
  }
}
