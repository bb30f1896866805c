package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How many different members there are within a sliding window. Its mark is the instant at which
/// a member came, or, negative, the one at which it had been seen last.
final class Different extends Cell {
  private final Members members = new Members();
  private long window;
  private long newest = Long.MIN_VALUE;

  @Override
  Claims.@Nullable Cause obstacle(Claim claim, long now) {
    if (members.at(name(claim)) + window(claim) > now) {
      return null;
    }
    forgetOld(claim, now, claim.limit());
    return members.size() >= claim.limit() ? Claims.Cause.SPENT : null;
  }

  @Override
  long take(Claim claim, long now, long deadline, Object holder) {
    window(claim);
    long name = name(claim);
    long before = members.at(name);
    // No two of them come at the same instant, so that a mark is that of one exchange.
    newest = Math.max(newest + 1, now);
    members.put(name, newest);
    return before + window <= now ? newest : -before;
  }

  @Override
  void undo(Claim claim, long now, long mark) {
    if (mark > 0) {
      members.remove(name(claim));
    } else {
      members.put(name(claim), -mark);
    }
  }

  /// A member that others took since stays theirs.
  @Override
  void settle(Claim claim, boolean keep, long now, long mark, Object holder) {
    if (!keep && members.at(name(claim)) == mark) {
      members.remove(name(claim));
    }
  }

  @Override
  boolean idle(long now) {
    return members.size() == 0 || newest + window <= now;
  }

  @Override
  void clear() {
    members.clear();
  }

  @Override
  long wait(Claim claim, long now) {
    if (claim.limit() < 1) {
      return Long.MAX_VALUE;
    }
    forgetOld(claim, now, claim.limit());
    return members.size() < claim.limit() ? 0 : Math.max(0, members.oldest() + window(claim) - now);
  }

  @Override
  long remaining(Claim claim, long now) {
    forgetOld(claim, now, 1);
    return Math.max(0, claim.limit() - members.size());
  }

  @Override
  long reset(Claim claim, long now) {
    return members.size() == 0 ? 0 : Math.max(0, newest + window(claim) - now);
  }

  /// How much room it takes, in members.
  int room() {
    return members.room();
  }

  /// Forgets who was not seen for a window, as soon as there are that many.
  private void forgetOld(Claim claim, long now, long from) {
    if (members.size() >= from && members.oldest() + window(claim) <= now) {
      members.forgetUpTo(now - window(claim));
    }
  }

  private long window(Claim claim) {
    window = claim.window().toNanos();
    return window;
  }

  private static long name(Claim claim) {
    return Members.name(Objects.requireNonNull(claim.member()));
  }
}
