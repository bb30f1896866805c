package dev.gatewarden.core.limit;

import java.time.Duration;

/// The arithmetic of a bucket that refills evenly. Its whole state is one number: the instant at
/// which it will be full again, in
/// nanoseconds of any clock; 0 is a bucket nobody took from.
///
/// @param limit how much a full bucket holds
/// @param interval nanoseconds until one more is in it
public record Bucket(long limit, long interval) {
  /// What `take` says when there is not enough.
  public static final long REFUSED = -1;

  public Bucket {
    if (limit < 1 || interval < 1 || Math.multiplyHigh(limit, interval) != 0) {
      throw new IllegalArgumentException("a bucket holds at least 1 and fills in finite time");
    }
  }

  /// A bucket that fills within a window.
  public static Bucket of(long limit, Duration window) {
    return new Bucket(limit, Math.max(1, window.toNanos() / Math.max(1, limit)));
  }

  /// The state in which another bucket holds what this one does, or as much of it as it can. Who
  /// took nothing finds it full.
  public long become(Bucket other, long fullAt, long now) {
    if (fullAt <= now) {
      return fullAt;
    }
    long held = Math.min(remaining(fullAt, now), other.limit);
    return now + (other.limit - held) * other.interval;
  }

  /// The state after an amount is taken, or `REFUSED`.
  public long take(long fullAt, long now, long amount) {
    if (amount > limit) {
      return REFUSED;
    }
    long after = Math.max(fullAt, now) + amount * interval;
    return after - now > limit * interval ? REFUSED : after;
  }

  /// The state after an amount is put back: as much of it as has not flowed back by itself
  /// meanwhile, so that
  /// nobody gets it twice.
  ///
  /// @param reached the state that `take` said when it was taken
  public long giveBack(long fullAt, long reached, long now, long amount) {
    return fullAt - Math.clamp(reached - now, 0, amount * interval);
  }

  /// Nanoseconds until an amount can be taken; 0 when it can be now, `Long.MAX_VALUE` when it never
  /// can.
  public long wait(long fullAt, long now, long amount) {
    if (amount > limit) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, Math.max(fullAt, now) + amount * interval - now - limit * interval);
  }

  /// How much is in it.
  public long remaining(long fullAt, long now) {
    long missing = Math.max(0, fullAt - now);
    return Math.max(0, limit - (missing + interval - 1) / interval);
  }
}
