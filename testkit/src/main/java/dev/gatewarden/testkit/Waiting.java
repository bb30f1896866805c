package dev.gatewarden.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/// What happens beside a test, waited for without burning a core and not for ever.
public final class Waiting {
  private static final Duration MOST = Duration.ofSeconds(60);

  /// Where a control is taken away, what is waited for may never be.
  private static final Duration WITHOUT = Duration.ofSeconds(8);

  private static final long PAUSE = Duration.ofMillis(2).toNanos();
  private static final long LONG_PAUSE = Duration.ofMillis(100).toNanos();

  private Waiting() {}

  /// Waits until something holds, for a minute at most.
  ///
  /// @param what what is waited for, in words
  /// @throws AssertionError where it does not come to hold
  public static void until(String what, Callable<Boolean> holds) {
    until(what, holds, PAUSE);
  }

  /// The same of a gate that counts how often it is asked: ten times a second.
  public static void asking(String what, Callable<Boolean> holds) {
    until(what, holds, LONG_PAUSE);
  }

  private static void until(String what, Callable<Boolean> holds, long pause) {
    Duration most = WithoutControl.named().isEmpty() ? MOST : WITHOUT;
    long end = System.nanoTime() + most.toNanos();
    while (!asked(what, holds)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("waited for " + most.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(pause);
    }
  }

  private static boolean asked(String what, Callable<Boolean> holds) {
    try {
      return holds.call();
    } catch (Exception broken) {
      throw new IllegalStateException("cannot be asked: " + what, broken);
    }
  }
}
