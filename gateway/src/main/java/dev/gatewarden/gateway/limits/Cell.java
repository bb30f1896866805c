package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import org.jspecify.annotations.Nullable;

/// What is remembered under one key. Guarded by its own monitor; times are nanoseconds since the
/// epoch.
abstract sealed class Cell permits Once, Evenly, Sliding, Periodic, Different {
  /// Set when the cell has left the table: whoever still holds it looks the key up again.
  boolean gone;

  /// Whose share of the table it takes; null of one that several keys share.
  @Nullable Family family;

  /// The order in which cells that several keys share are held, before all others.
  int rank = Integer.MAX_VALUE;

  /// How much room was counted for it.
  int weighed;

  private long blockedUntil = Long.MIN_VALUE;

  static Cell of(Claim claim) {
    return switch (claim.kind()) {
      case ONCE -> new Once();
      case TAKE -> new Evenly();
      case COUNT -> new Sliding();
      case PERIOD -> new Periodic();
      case DISTINCT -> new Different();
    };
  }

  /// Whether several keys share it.
  final boolean isShared() {
    return rank != Integer.MAX_VALUE;
  }

  /// Why the claim cannot be taken now, or null when it can. Who is refused may be blocked by it;
  /// who shares a cell is not, for what others did.
  final Claims.@Nullable Cause refusal(Claim claim, long now) {
    long block = claim.block().toNanos();
    if (block == 0 || isShared()) {
      return obstacle(claim, now);
    }
    // A clock that steps back must not block for longer than was said.
    blockedUntil = Math.min(blockedUntil, now + block);
    if (now < blockedUntil) {
      return Claims.Cause.SPENT;
    }
    Claims.Cause cause = obstacle(claim, now);
    if (cause == Claims.Cause.SPENT) {
      blockedUntil = now + block;
    }
    return cause;
  }

  /// Nanoseconds until it is worth trying again.
  final long retry(Claim claim, long now) {
    long wait = wait(claim, now);
    return claim.block().isZero() ? wait : Math.max(wait, blockedUntil - now);
  }

  /// How much room it takes, in cells.
  int weight() {
    return 1;
  }

  /// Begins as another cell of the same kind is; before anybody else knows this one.
  final void inherit(Cell other, long now) {
    if (!other.forgettable(now)) {
      blockedUntil = other.blockedUntil;
      begin(other, now);
    }
  }

  abstract void begin(Cell other, long now);

  /// Whether forgetting the cell would change no later answer.
  final boolean forgettable(long now) {
    return now >= blockedUntil && idle(now);
  }

  /// Forgets everything, as if nobody had asked.
  final void forget() {
    blockedUntil = Long.MIN_VALUE;
    clear();
  }

  /// Takes it; only after `refusal` found none, under the same monitor.
  ///
  /// @param holder who takes it
  /// @return a mark to settle it by
  abstract long take(Claim claim, long now, long deadline, Object holder);

  /// Puts everything back as it was before `take`, under the same monitor and at the same instant.
  abstract void undo(Claim claim, long now, long mark);

  /// Gives back, or keeps, what one exchange took.
  abstract void settle(Claim claim, boolean keep, long now, long mark, Object holder);

  /// Takes an amount whether it is there or not.
  abstract void charge(Claim claim, long now);

  /// What is left of it.
  abstract long remaining(Claim claim, long now);

  /// Nanoseconds until all of it is there again.
  abstract long reset(Claim claim, long now);

  abstract Claims.@Nullable Cause obstacle(Claim claim, long now);

  abstract boolean idle(long now);

  abstract long wait(Claim claim, long now);

  abstract void clear();
}
