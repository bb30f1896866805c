package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import org.jspecify.annotations.Nullable;

/// What is remembered under one key. Guarded by its own monitor; times are nanoseconds since the
/// epoch.
abstract sealed class Cell {
  /// Set when the cell has left the table: whoever still holds it looks the key up again.
  boolean gone;

  static Cell of(Claim claim) {
    return switch (claim.kind()) {
      case ONCE -> new Once();
      case TAKE -> new Bucket();
      case COUNT -> new Window();
    };
  }

  /// Why the claim cannot be taken now, or null when it can.
  abstract Claims.@Nullable Cause obstacle(Claim claim, long now);

  /// Takes it; only after `obstacle` found none, under the same monitor.
  abstract void take(Claim claim, long now, long deadline);

  /// Gives back, or keeps, what one exchange took.
  abstract void settle(Claim claim, boolean keep, long now);

  /// Whether forgetting the cell would change no later answer.
  abstract boolean idle(long now);

  /// Nanoseconds until it is worth trying again.
  abstract long wait(Claim claim, long now);

  /// What is left of it.
  abstract long remaining(Claim claim, long now);

  /// Nanoseconds until all of it is there again.
  abstract long reset(Claim claim, long now);

  /// An id that may be used once.
  static final class Once extends Cell {
    private boolean inFlight;
    private boolean delivered;
    private long until = Long.MIN_VALUE;

    @Override
    Claims.@Nullable Cause obstacle(Claim claim, long now) {
      if (now >= until) {
        return null;
      }
      if (inFlight) {
        return Claims.Cause.IN_FLIGHT;
      }
      return delivered ? Claims.Cause.DELIVERED : Claims.Cause.SPENT;
    }

    @Override
    void take(Claim claim, long now, long deadline) {
      inFlight = claim.kept() != Claim.Kept.ALWAYS;
      delivered = false;
      until = inFlight ? deadline : now + claim.window().toNanos();
    }

    @Override
    void settle(Claim claim, boolean keep, long now) {
      if (claim.kept() == Claim.Kept.ALWAYS) {
        return;
      }
      inFlight = false;
      delivered = keep && claim.kept() == Claim.Kept.IF_DELIVERED;
      until = keep ? now + claim.window().toNanos() : Long.MIN_VALUE;
    }

    @Override
    boolean idle(long now) {
      return now >= until;
    }

    @Override
    long wait(Claim claim, long now) {
      return Math.max(0, until - now);
    }

    @Override
    long remaining(Claim claim, long now) {
      return 0;
    }

    @Override
    long reset(Claim claim, long now) {
      return wait(claim, now);
    }
  }

  /// A bucket that refills evenly, kept as the instant at which it is full again (the generic cell
  /// rate algorithm).
  static final class Bucket extends Cell {
    private long fullAt = Long.MIN_VALUE;

    @Override
    Claims.@Nullable Cause obstacle(Claim claim, long now) {
      return wait(claim, now) > 0 ? Claims.Cause.SPENT : null;
    }

    @Override
    void take(Claim claim, long now, long deadline) {
      fullAt = Math.max(fullAt, now) + cost(claim, claim.amount());
    }

    @Override
    void settle(Claim claim, boolean keep, long now) {
      if (!keep) {
        fullAt -= cost(claim, claim.amount());
      }
    }

    @Override
    boolean idle(long now) {
      return fullAt <= now;
    }

    @Override
    long wait(Claim claim, long now) {
      long filled = Math.max(fullAt, now) + cost(claim, claim.amount());
      return Math.max(0, filled - now - claim.window().toNanos());
    }

    @Override
    long remaining(Claim claim, long now) {
      long missing = Math.max(0, fullAt - now);
      long window = claim.window().toNanos();
      return Math.max(
          0,
          Math.multiplyHigh(window - missing, claim.limit()) == 0
              ? (window - missing) * claim.limit() / window
              : (long) ((double) (window - missing) / window * claim.limit()));
    }

    @Override
    long reset(Claim claim, long now) {
      return Math.max(0, fullAt - now);
    }

    private static long cost(Claim claim, long amount) {
      return (long) Math.ceil((double) claim.window().toNanos() * amount / claim.limit());
    }
  }

  /// A sliding window: the count of this window and the share of the last one that still overlaps.
  static final class Window extends Cell {
    private long start = Long.MIN_VALUE;
    private long length;
    private long current;
    private long previous;

    @Override
    Claims.@Nullable Cause obstacle(Claim claim, long now) {
      slide(claim, now);
      return weight(now) + claim.amount() > claim.limit() ? Claims.Cause.SPENT : null;
    }

    @Override
    void take(Claim claim, long now, long deadline) {
      current += claim.amount();
    }

    @Override
    void settle(Claim claim, boolean keep, long now) {
      if (!keep) {
        slide(claim, now);
        current = Math.max(0, current - claim.amount());
      }
    }

    @Override
    boolean idle(long now) {
      return now - start >= 2 * length;
    }

    @Override
    long wait(Claim claim, long now) {
      slide(claim, now);
      long excess = weight(now) + claim.amount() - claim.limit();
      if (excess <= 0) {
        return 0;
      }
      long left = start + length - now;
      return previous >= excess ? Math.min(left, (length * excess) / previous + 1) : left;
    }

    @Override
    long remaining(Claim claim, long now) {
      slide(claim, now);
      return Math.max(0, claim.limit() - weight(now));
    }

    @Override
    long reset(Claim claim, long now) {
      return Math.max(0, start + length - now);
    }

    private long weight(long now) {
      double overlap = 1 - (double) (now - start) / length;
      return current + (long) Math.ceil(previous * Math.clamp(overlap, 0, 1));
    }

    private void slide(Claim claim, long now) {
      length = claim.window().toNanos();
      if (start == Long.MIN_VALUE) {
        start = now;
      }
      long windows = (now - start) / length;
      if (windows > 0) {
        previous = windows == 1 ? current : 0;
        current = 0;
        start += windows * length;
      }
    }
  }
}
