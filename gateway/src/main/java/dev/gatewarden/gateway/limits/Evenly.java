package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.limit.Bucket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A bucket that refills evenly; its mark is the state it was brought to.
final class Evenly extends Cell {
  private static final @Nullable Rule[] SHARED = new Rule[256];

  private static final long LONGEST = Duration.ofDays(36_500).toNanos();

  private long fullAt;

  /// Until when it is known to be emptier than empty.
  private long owed = Long.MIN_VALUE;
  private @Nullable Rule rule;

  /// The arithmetic of one limit, which the cells of all who have it share.
  private record Rule(Bucket bucket, long window) {
    boolean is(Claim claim) {
      return bucket.limit() == claim.limit() && window == claim.window().toNanos();
    }
  }

  @Override
  Claims.@Nullable Cause obstacle(Claim claim, long now) {
    return bucket(claim, now).wait(fullAt, now, claim.amount()) > 0 ? Claims.Cause.SPENT : null;
  }

  @Override
  long take(Claim claim, long now, long deadline, Object holder) {
    fullAt = bucket(claim, now).take(fullAt, now, claim.amount());
    return fullAt;
  }

  @Override
  void undo(Claim claim, long now, long mark) {
    long interval = bucket(claim, now).interval();
    fullAt = Math.max(now, fullAt - claim.amount() * interval);
  }

  /// Where another configuration changed the bucket meanwhile, nothing is given back: it cannot be
  /// told what has flowed back by itself.
  @Override
  void settle(Claim claim, boolean keep, long now, long mark, Object holder) {
    Rule known = rule;
    if (!keep && known != null && known.is(claim)) {
      fullAt = known.bucket.giveBack(fullAt, mark, now, claim.amount());
    }
  }

  @Override
  void charge(Claim claim, long now) {
    long interval = bucket(claim, now).interval();
    long more = claim.amount() > LONGEST / interval ? LONGEST : claim.amount() * interval;
    fullAt = Math.min(Math.max(fullAt, now) + more, now + LONGEST);
    owed = fullAt;
  }

  @Override
  boolean idle(long now) {
    return fullAt <= now;
  }

  @Override
  void begin(Cell other, long now) {
    if (other instanceof Evenly same) {
      fullAt = same.fullAt;
      rule = same.rule;
    }
  }

  @Override
  void clear() {
    fullAt = 0;
    owed = Long.MIN_VALUE;
  }

  @Override
  long wait(Claim claim, long now) {
    return bucket(claim, now).wait(fullAt, now, claim.amount());
  }

  @Override
  long remaining(Claim claim, long now) {
    return bucket(claim, now).remaining(fullAt, now);
  }

  @Override
  long reset(Claim claim, long now) {
    return Math.max(0, fullAt - now);
  }

  /// The arithmetic of the claim's limit; where another configuration changed it, there is no more
  /// in the bucket than before.
  private Bucket bucket(Claim claim, long now) {
    Rule known = rule;
    if (known == null || !known.is(claim)) {
      Rule next = shared(claim);
      fullAt = known == null ? fullAt : known.bucket.become(next.bucket, fullAt, now);
      rule = next;
      known = next;
    }
    Bucket bucket = known.bucket;
    // Behind a clock that stepped back, nobody waits for longer than an empty bucket fills.
    fullAt = Math.min(fullAt, Math.max(owed, now + bucket.limit() * bucket.interval()));
    return bucket;
  }

  private static Rule shared(Claim claim) {
    int place = Long.hashCode(claim.limit()) * 31 + claim.window().hashCode() & SHARED.length - 1;
    Rule known = SHARED[place];
    if (known == null || !known.is(claim)) {
      known = new Rule(Bucket.of(claim.limit(), claim.window()), claim.window().toNanos());
      SHARED[place] = known;
    }
    return known;
  }
}
