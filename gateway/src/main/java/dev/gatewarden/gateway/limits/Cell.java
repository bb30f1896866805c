package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.limit.Bucket;
import dev.gatewarden.core.limit.SlidingWindow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is remembered under one key. Guarded by its own monitor; times are nanoseconds since the
/// epoch.
abstract sealed class Cell {
  /// Set when the cell has left the table: whoever still holds it looks the key up again.
  boolean gone;

  static Cell of(Claim claim) {
    return switch (claim.kind()) {
      case ONCE -> new Once();
      case TAKE -> new Evenly();
      case COUNT -> new Sliding();
      case PERIOD -> new Periodic();
    };
  }

  /// Why the claim cannot be taken now, or null when it can.
  abstract Claims.@Nullable Cause obstacle(Claim claim, long now);

  /// Takes it; only after `obstacle` found none, under the same monitor.
  ///
  /// @param holder who takes it
  /// @return a mark to settle it by
  abstract long take(Claim claim, long now, long deadline, Object holder);

  /// Puts everything back as it was before `take`, under the same monitor and at the same instant.
  abstract void undo(Claim claim, long now, long mark);

  /// Gives back, or keeps, what one exchange took.
  abstract void settle(Claim claim, boolean keep, long now, long mark, Object holder);

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
    private @Nullable Object inFlight;
    private boolean delivered;
    private long until = Long.MIN_VALUE;

    @Override
    Claims.@Nullable Cause obstacle(Claim claim, long now) {
      if (now >= until) {
        return null;
      }
      if (inFlight != null) {
        return Claims.Cause.IN_FLIGHT;
      }
      return delivered ? Claims.Cause.DELIVERED : Claims.Cause.SPENT;
    }

    @Override
    long take(Claim claim, long now, long deadline, Object holder) {
      boolean always = claim.kept() == Claim.Kept.ALWAYS;
      inFlight = always ? null : holder;
      delivered = false;
      until = always ? now + claim.window().toNanos() : deadline;
      return 0;
    }

    @Override
    void undo(Claim claim, long now, long mark) {
      inFlight = null;
      until = Long.MIN_VALUE;
    }

    /// Who took the id since, after the deadline, is not disturbed by a late settlement.
    @Override
    void settle(Claim claim, boolean keep, long now, long mark, Object holder) {
      if (inFlight != holder) {
        return;
      }
      inFlight = null;
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

  /// A bucket that refills evenly; its mark is the state it was brought to.
  static final class Evenly extends Cell {
    private long fullAt;
    private @Nullable Bucket bucket;
    private long window;

    @Override
    Claims.@Nullable Cause obstacle(Claim claim, long now) {
      return bucket(claim).wait(fullAt, now, claim.amount()) > 0 ? Claims.Cause.SPENT : null;
    }

    @Override
    long take(Claim claim, long now, long deadline, Object holder) {
      fullAt = bucket(claim).take(fullAt, now, claim.amount());
      return fullAt;
    }

    @Override
    void undo(Claim claim, long now, long mark) {
      fullAt = mark - claim.amount() * bucket(claim).interval();
    }

    @Override
    void settle(Claim claim, boolean keep, long now, long mark, Object holder) {
      if (!keep) {
        fullAt = bucket(claim).giveBack(fullAt, mark, now, claim.amount());
      }
    }

    @Override
    boolean idle(long now) {
      return fullAt <= now;
    }

    @Override
    long wait(Claim claim, long now) {
      return bucket(claim).wait(fullAt, now, claim.amount());
    }

    @Override
    long remaining(Claim claim, long now) {
      return bucket(claim).remaining(fullAt, now);
    }

    @Override
    long reset(Claim claim, long now) {
      return Math.max(0, fullAt - now);
    }

    /// The arithmetic of the claim's limit, which another configuration may have changed.
    private Bucket bucket(Claim claim) {
      Bucket known = bucket;
      long length = claim.window().toNanos();
      if (known == null || known.limit() != claim.limit() || window != length) {
        known = Bucket.of(claim.limit(), claim.window());
        bucket = known;
        window = length;
      }
      return known;
    }
  }

  /// A sliding window; its mark is the instant of counting.
  static final class Sliding extends Cell {
    private final long[] state = new long[SlidingWindow.STATE];
    private @Nullable SlidingWindow window;

    @Override
    Claims.@Nullable Cause obstacle(Claim claim, long now) {
      return window(claim, now).wait(state, now, claim.amount()) > 0 ? Claims.Cause.SPENT : null;
    }

    @Override
    long take(Claim claim, long now, long deadline, Object holder) {
      window(claim, now).count(state, now, claim.amount());
      return now;
    }

    @Override
    void undo(Claim claim, long now, long mark) {
      window(claim, now).takeBack(state, mark, claim.amount());
    }

    @Override
    void settle(Claim claim, boolean keep, long now, long mark, Object holder) {
      if (!keep) {
        window(claim, now).takeBack(state, mark, claim.amount());
      }
    }

    @Override
    boolean idle(long now) {
      SlidingWindow known = window;
      return known == null || known.used(state, now) == 0;
    }

    @Override
    long wait(Claim claim, long now) {
      return window(claim, now).wait(state, now, claim.amount());
    }

    @Override
    long remaining(Claim claim, long now) {
      return window(claim, now).remaining(state, now);
    }

    @Override
    long reset(Claim claim, long now) {
      return window(claim, now).wait(state, now, claim.limit());
    }

    /// The arithmetic of the claim's limit; where another configuration changed it, everything
    /// counted is counted as now.
    private SlidingWindow window(Claim claim, long now) {
      SlidingWindow known = window;
      if (known == null || known.limit() != claim.limit() || !known.spans(claim.window())) {
        SlidingWindow next = SlidingWindow.of(claim.limit(), claim.window());
        if (known != null && known.width() != next.width()) {
          long used = known.used(state, now);
          Arrays.fill(state, 0);
          state[0] = now / next.width();
          state[1] = used;
        }
        window = next;
        return next;
      }
      return known;
    }
  }

  /// A period's count; its mark is the instant of counting.
  static final class Periodic extends Cell {
    private long used;
    private long end = Long.MIN_VALUE;

    @Override
    Claims.@Nullable Cause obstacle(Claim claim, long now) {
      return claim.amount() > claim.limit() - used(now) ? Claims.Cause.SPENT : null;
    }

    @Override
    long take(Claim claim, long now, long deadline, Object holder) {
      used = used(now) + claim.amount();
      // A clock that steps back must not end the period before it ends.
      end = Math.max(end, now + claim.window().toNanos());
      return now;
    }

    @Override
    void undo(Claim claim, long now, long mark) {
      used = Math.max(0, used - claim.amount());
    }

    @Override
    void settle(Claim claim, boolean keep, long now, long mark, Object holder) {
      if (!keep) {
        used = Math.max(0, used - claim.amount());
      }
    }

    @Override
    boolean idle(long now) {
      return used(now) == 0;
    }

    @Override
    long wait(Claim claim, long now) {
      return claim.amount() > claim.limit() ? Long.MAX_VALUE : Math.max(0, end - now);
    }

    @Override
    long remaining(Claim claim, long now) {
      return Math.max(0, claim.limit() - used(now));
    }

    @Override
    long reset(Claim claim, long now) {
      return Math.max(0, end - now);
    }

    private long used(long now) {
      return now < end ? used : 0;
    }
  }
}
