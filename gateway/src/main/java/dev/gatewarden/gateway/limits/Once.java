package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import org.jspecify.annotations.Nullable;

/// An id that may be used once.
final class Once extends Cell {
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
    clear();
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
  void charge(Claim claim, long now) {
    throw new GatewardenBug("what is there once is not charged");
  }

  @Override
  boolean idle(long now) {
    return now >= until;
  }

  /// Ids share nothing.
  @Override
  void begin(Cell other, long now) {}

  @Override
  void clear() {
    inFlight = null;
    until = Long.MIN_VALUE;
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
