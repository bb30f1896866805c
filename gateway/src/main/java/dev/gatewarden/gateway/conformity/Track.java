package dev.gatewarden.gateway.conformity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How well the answers of one operation keep their contract.
///
/// They are counted over a stretch of time. Once it is long enough and saw enough answers, either
/// few enough were broken, and the contract is enforced from then on, or a new stretch begins.
/// Nothing here takes enforcement back.
public final class Track {
  /// So many places are remembered of one operation; what else breaks is only counted.
  static final int MOST_FAULTS = 64;

  private final String operation;
  private final Consumer<Track> promoting;
  private final AtomicLong judged = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final Map<Fault, Count> faults = new LinkedHashMap<>();
  private volatile @Nullable Budget budget;
  private volatile @Nullable Instant since;
  private volatile @Nullable Instant promoted;

  /// How often a place was broken, and when.
  public record Count(long times, Instant first, Instant last) {}

  Track(String operation, Consumer<Track> promoting) {
    this.operation = operation;
    this.promoting = promoting;
  }

  /// The operation's full name, `shop.getOrder`.
  public String operation() {
    return operation;
  }

  /// Whether the contract is enforced because its answers kept it.
  public boolean promoted() {
    return promoted != null;
  }

  public @Nullable Instant promotedAt() {
    return promoted;
  }

  /// Since when answers are counted; null before the first.
  public @Nullable Instant since() {
    return since;
  }

  public long judged() {
    return judged.get();
  }

  public long broken() {
    return broken.get();
  }

  /// What has to hold before the contract is enforced; null where that is not waited for.
  void within(@Nullable Budget wanted) {
    budget = wanted;
  }

  /// Counts one answer.
  public void judged(boolean broke, Instant now) {
    if (since == null) {
      since = now;
    }
    long bad = broke ? broken.incrementAndGet() : broken.get();
    long all = judged.incrementAndGet();
    Budget wanted = budget;
    if (wanted != null && promoted == null && all >= wanted.after()) {
      weigh(wanted, all, bad, now);
    }
  }

  private synchronized void weigh(Budget wanted, long all, long bad, Instant now) {
    Instant begin = since;
    if (begin == null
        || promoted != null
        || Duration.between(begin, now).compareTo(wanted.over()) < 0) {
      return;
    }
    if (wanted.holds(all, bad)) {
      promoted = now;
      promoting.accept(this);
    } else {
      since = now;
      judged.set(0);
      broken.set(0);
    }
  }

  /// Remembers where answers break the contract.
  public synchronized void broke(List<Fault> found, Instant now) {
    for (Fault fault : found) {
      Count before = faults.get(fault);
      if (before != null) {
        faults.put(fault, new Count(before.times() + 1, before.first(), now));
      } else if (faults.size() < MOST_FAULTS) {
        faults.put(fault, new Count(1, now, now));
      }
    }
  }

  /// The places that were broken, in the order in which they first were.
  public synchronized Map<Fault, Count> faults() {
    return new LinkedHashMap<>(faults);
  }

  synchronized void restore(long all, long bad, @Nullable Instant begin, @Nullable Instant at) {
    judged.set(all);
    broken.set(bad);
    since = begin;
    promoted = at;
  }

  synchronized void restore(Fault fault, Count count) {
    if (faults.size() < MOST_FAULTS) {
      faults.put(fault, count);
    }
  }
}
