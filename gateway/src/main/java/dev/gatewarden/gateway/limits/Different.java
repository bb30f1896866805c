package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How many different members there are within a sliding window. Its mark is the instant at which
/// a member came, or, negative, the one at which it had been seen last.
final class Different extends Cell {
  private static final int MEMBERS_TO_A_CELL = 8;

  private final Members members = new Members();
  private long window;
  private long newest = Long.MIN_VALUE;
  private int strangers;
  private long strangersUntil = Long.MIN_VALUE;

  @Override
  Claims.@Nullable Cause obstacle(Claim claim, long now) {
    if (members.at(name(claim)) + window(claim) > now) {
      return null;
    }
    return room(claim, now) < 1 ? Claims.Cause.SPENT : null;
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
  void charge(Claim claim, long now) {
    throw new GatewardenBug("what is there once is not charged");
  }

  @Override
  boolean idle(long now) {
    return (members.size() == 0 || newest + window <= now) && strangers(now) == 0;
  }

  /// Of members that came from others only their number counts, for as long as the newest of them.
  @Override
  void begin(Cell other, long now) {
    if (other instanceof Different same) {
      strangers = same.members.size() + same.strangers(now);
      strangersUntil = Math.max(same.strangersUntil, same.newest + same.window);
    }
  }

  @Override
  void clear() {
    members.clear();
    strangers = 0;
  }

  @Override
  long wait(Claim claim, long now) {
    if (claim.limit() < 1) {
      return Long.MAX_VALUE;
    }
    if (room(claim, now) > 0) {
      return 0;
    }
    long own = members.oldest() + window(claim) - now;
    return Math.max(0, strangers(now) == 0 ? own : Math.min(own, strangersUntil - now));
  }

  @Override
  long remaining(Claim claim, long now) {
    return Math.max(0, room(claim, now));
  }

  @Override
  long reset(Claim claim, long now) {
    return members.size() == 0 ? 0 : Math.max(0, newest + window(claim) - now);
  }

  @Override
  int weight() {
    return 1 + members.room() / MEMBERS_TO_A_CELL;
  }

  /// Whether it would take more room than it has.
  boolean grows(Claim claim) {
    return members.isFull() && members.at(name(claim)) == Members.ABSENT;
  }

  /// How many more members there can be. Who was not seen for a window is forgotten as soon as
  /// there is none.
  private long room(Claim claim, long now) {
    long left = claim.limit() - members.size() - strangers(now);
    if (left < 1 && members.oldest() + window(claim) <= now) {
      members.forgetUpTo(now - window(claim));
      left = claim.limit() - members.size() - strangers(now);
    }
    return left;
  }

  private int strangers(long now) {
    return now < strangersUntil ? strangers : 0;
  }

  private long window(Claim claim) {
    window = claim.window().toNanos();
    return window;
  }

  private static long name(Claim claim) {
    return Members.name(Objects.requireNonNull(claim.member()));
  }
}
