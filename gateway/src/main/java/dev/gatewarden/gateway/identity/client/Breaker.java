package dev.gatewarden.gateway.identity.client;

import java.util.random.RandomGenerator;

/// What keeps a server that fails from being asked over and over: after some failures in a row it
/// is
/// left alone for a growing, jittered pause, then tried once.
public final class Breaker {
  static final int PATIENCE = 5;
  private static final long FIRST_PAUSE = 1_000;
  private static final long LONGEST_PAUSE = 30_000;

  private final RandomGenerator random;
  private int failures;
  private long restsUntil = Long.MIN_VALUE;

  public Breaker(RandomGenerator random) {
    this.random = random;
  }

  /// Whether the server may be asked now; who is told so must say how it went.
  public synchronized boolean admits(long now) {
    if (now < restsUntil) {
      return false;
    }
    if (failures >= PATIENCE) {
      // One tries; the others go on resting until it is known how that went.
      restsUntil = now + LONGEST_PAUSE;
    }
    return true;
  }

  public synchronized void succeeded() {
    failures = 0;
    restsUntil = Long.MIN_VALUE;
  }

  public synchronized void failed(long now) {
    failures++;
    if (failures >= PATIENCE) {
      long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(failures - PATIENCE, 10));
      restsUntil = now + pause * 3 / 4 + random.nextLong(pause / 2);
    }
  }
}
