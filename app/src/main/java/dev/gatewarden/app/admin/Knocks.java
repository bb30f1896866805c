package dev.gatewarden.app.admin;

import java.time.Duration;
import java.time.Instant;

/// Who was not let in, counted: the first is told at once, those after it together, so that nobody
/// fills the disk by knocking. Guarded by its own monitor.
final class Knocks {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  private Instant next = Instant.MIN;
  private long untold;

  /// Counts one.
  ///
  /// @return how many are to be told now; 0 for none
  synchronized long at(Instant now) {
    untold++;
    // A clock that went back is no reason to be silent for long.
    if (now.isBefore(next) && now.plus(PAUSE).isAfter(next.minus(PAUSE))) {
      return 0;
    }
    next = now.plus(PAUSE);
    long told = untold;
    untold = 0;
    return told;
  }
}
