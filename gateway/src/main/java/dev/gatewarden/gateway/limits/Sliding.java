package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.limit.SlidingWindow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A sliding window; its mark is the instant of counting.
final class Sliding extends Cell {
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
  void charge(Claim claim, long now) {
    window(claim, now).charge(state, now, claim.amount());
  }

  @Override
  boolean idle(long now) {
    SlidingWindow known = window;
    return known == null || known.used(state, now) == 0;
  }

  @Override
  void begin(Cell other, long now) {
    if (other instanceof Sliding same) {
      System.arraycopy(same.state, 0, state, 0, SlidingWindow.STATE);
      window = same.window;
    }
  }

  @Override
  void clear() {
    Arrays.fill(state, 1, SlidingWindow.STATE, 0);
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
