package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import org.jspecify.annotations.Nullable;

/// A period's count; its mark is the instant of counting.
final class Periodic extends Cell {
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
  void charge(Claim claim, long now) {
    used = Math.min(used(now) + claim.amount(), Long.MAX_VALUE / 2);
    end = Math.max(end, now + claim.window().toNanos());
  }

  @Override
  boolean idle(long now) {
    return used(now) == 0;
  }

  @Override
  void begin(Cell other, long now) {
    if (other instanceof Periodic same) {
      used = same.used;
      end = same.end;
    }
  }

  @Override
  void clear() {
    used = 0;
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
