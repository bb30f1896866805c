package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The slow, obvious twin of `Claims`: it keeps every entry ever taken and adds up.
///
/// A bucket is what was taken of it, in order, less what has flowed back in the meantime; a window
/// is what was taken within it.
public final class MemoryClaims implements Claims {
  private final InstantSource clock;
  private final int most;
  private final Map<String, List<Entry>> entries = new HashMap<>();
  private final Map<String, Instant> blocked = new HashMap<>();

  public MemoryClaims(InstantSource clock) {
    this(clock, Integer.MAX_VALUE);
  }

  /// @param most how many keys there is room for
  public MemoryClaims(InstantSource clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  private enum State {
    TAKEN,
    KEPT,
    DELIVERED
  }

  private static final class Entry implements Receipt {
    final Claim claim;
    final Instant at;
    final Instant deadline;
    State state;
    Instant settledAt;

    Entry(Claim claim, Instant at, Instant deadline) {
      this.claim = claim;
      this.at = at;
      this.deadline = deadline;
      this.settledAt = at;
      this.state = claim.kept() == Claim.Kept.ALWAYS ? State.KEPT : State.TAKEN;
    }
  }

  private record Several(List<Entry> each) implements Receipt {}

  @Override
  public synchronized Taken take(List<Claim> claims, Instant deadline) {
    Instant now = clock.instant();
    List<Entry> taken = new ArrayList<>();
    Allowance tightest = Allowance.NONE;
    long fewest = Long.MAX_VALUE;
    for (Claim claim : claims) {
      Cause obstacle = obstacle(claim, now);
      if (obstacle != null) {
        Duration wait = blocking(claim, obstacle, wait(claim, now), now);
        taken.forEach(each -> of(each.claim.key()).remove(each));
        return new Taken.Refused(claim, obstacle, wait);
      }
      Entry entry = new Entry(claim, now, deadline);
      entries.computeIfAbsent(claim.key(), _ -> new ArrayList<>()).add(entry);
      taken.add(entry);
    }
    for (Claim claim : claims) {
      if (claim.kind() != Claim.Kind.ONCE && claim.kind() != Claim.Kind.DISTINCT) {
        Allowance left = left(claim, now);
        long requests = left.remaining() / claim.amount();
        tightest = requests < fewest ? left : tightest;
        fewest = Math.min(fewest, requests);
      }
    }
    return new Taken.Granted(new Several(taken), tightest);
  }

  /// Blocks who was refused, where the claim says so and nothing did before.
  private Duration blocking(Claim claim, Cause obstacle, Duration wait, Instant now) {
    if (obstacle != Cause.SPENT || claim.block().isZero()) {
      return wait;
    }
    if (!isBlocked(claim, now)) {
      blocked.put(claim.key(), now.plus(claim.block()));
    }
    Duration left = Duration.between(now, blocked.get(claim.key()));
    return wait.compareTo(left) > 0 ? wait : left;
  }

  private boolean isBlocked(Claim claim, Instant now) {
    return !claim.block().isZero()
        && now.isBefore(blocked.getOrDefault(claim.key(), Instant.EPOCH));
  }

  @Override
  public synchronized void charge(Claim claim) {
    if (claim.kind() == Claim.Kind.ONCE || claim.kind() == Claim.Kind.DISTINCT) {
      throw new IllegalArgumentException("ids and members are not charged");
    }
    Instant now = clock.instant();
    entries
        .computeIfAbsent(claim.key(), _ -> new ArrayList<>())
        .add(new Entry(claim.keptAlways(), now, now));
  }

  @Override
  public synchronized void settle(Receipt receipt, Settlement settlement) {
    Instant now = clock.instant();
    for (Entry entry : ((Several) receipt).each()) {
      if (entry.state == State.TAKEN && !lost(entry, now)) {
        boolean kept = entry.claim.kept().keeps(settlement);
        entry.settledAt = now;
        entry.state = settlement == Settlement.DELIVERED ? State.DELIVERED : State.KEPT;
        if (entry.claim.kept().forgets(settlement)) {
          entries.remove(entry.claim.key());
          blocked.remove(entry.claim.key());
        } else if (!kept) {
          of(entry.claim.key()).remove(entry);
        }
      }
    }
  }

  /// An id that nobody settled in time is free again; an amount nobody settled stays consumed.
  private static boolean lost(Entry entry, Instant now) {
    return entry.claim.kind() == Claim.Kind.ONCE
        && entry.state == State.TAKEN
        && !now.isBefore(entry.deadline);
  }

  private @Nullable Cause obstacle(Claim claim, Instant now) {
    if (!entries.containsKey(claim.key()) && alive(now) >= most) {
      return Cause.FULL;
    }
    if (isBlocked(claim, now)) {
      return Cause.SPENT;
    }
    return switch (claim.kind()) {
      case DISTINCT -> isOneTooMany(claim, now) ? Cause.SPENT : null;
      case ONCE -> once(claim, now);
      case TAKE -> inBucket(claim, now) + 1e-6 < claim.amount() ? Cause.SPENT : null;
      case COUNT -> inWindow(claim, now) + claim.amount() > claim.limit() ? Cause.SPENT : null;
      case PERIOD -> inPeriod(claim, now) + claim.amount() > claim.limit() ? Cause.SPENT : null;
    };
  }

  private @Nullable Cause once(Claim claim, Instant now) {
    for (Entry entry : of(claim.key())) {
      boolean remembered = now.isBefore(entry.settledAt.plus(entry.claim.window()));
      switch (entry.state) {
        case TAKEN -> {
          if (!lost(entry, now)) {
            return Cause.IN_FLIGHT;
          }
        }
        case KEPT -> {
          if (remembered) {
            return Cause.SPENT;
          }
        }
        case DELIVERED -> {
          if (remembered) {
            return entry.claim.kept() == Claim.Kept.IF_DELIVERED ? Cause.DELIVERED : Cause.SPENT;
          }
        }
      }
    }
    return null;
  }

  private double inBucket(Claim claim, Instant now) {
    double level = claim.limit();
    Instant last = Instant.MIN;
    for (Entry entry : of(claim.key())) {
      level = last == Instant.MIN ? level : refilled(claim, level, last, entry.at);
      level -= entry.claim.amount();
      last = entry.at;
    }
    return last == Instant.MIN ? level : refilled(claim, level, last, now);
  }

  private static double refilled(Claim claim, double level, Instant from, Instant to) {
    double share = (double) Duration.between(from, to).toNanos() / claim.window().toNanos();
    return Math.min(claim.limit(), level + share * claim.limit());
  }

  private long inWindow(Claim claim, Instant now) {
    return of(claim.key()).stream()
        .filter(entry -> now.isBefore(entry.at.plus(claim.window())))
        .mapToLong(entry -> entry.claim.amount())
        .sum();
  }

  private boolean isOneTooMany(Claim claim, Instant now) {
    Set<String> members = new HashSet<>();
    for (Entry entry : of(claim.key())) {
      if (now.isBefore(entry.at.plus(claim.window()))) {
        members.add(String.valueOf(entry.claim.member()));
      }
    }
    return !members.contains(String.valueOf(claim.member())) && members.size() >= claim.limit();
  }

  /// All claims of a key are of one period, which ends with the latest of them.
  private long inPeriod(Claim claim, Instant now) {
    return now.isBefore(end(claim, now))
        ? of(claim.key()).stream().mapToLong(entry -> entry.claim.amount()).sum()
        : 0;
  }

  private Instant end(Claim claim, Instant now) {
    return of(claim.key()).stream()
        .map(entry -> entry.at.plus(entry.claim.window()))
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  private Allowance left(Claim claim, Instant now) {
    if (claim.kind() == Claim.Kind.PERIOD) {
      return new Allowance(
          claim.limit(),
          Math.max(0, claim.limit() - inPeriod(claim, now)),
          Duration.between(now, end(claim, now)),
          claim.policy());
    }
    if (claim.kind() == Claim.Kind.COUNT) {
      return new Allowance(
          claim.limit(),
          Math.max(0, claim.limit() - inWindow(claim, now)),
          claim.window(),
          claim.policy());
    }
    double level = inBucket(claim, now);
    double missing = (claim.limit() - level) / claim.limit();
    return new Allowance(
        claim.limit(),
        (long) (level + 1e-6),
        Duration.ofNanos((long) (missing * claim.window().toNanos())),
        claim.policy());
  }

  private Duration wait(Claim claim, Instant now) {
    return switch (claim.kind()) {
      case TAKE -> {
        double missing = Math.max(0, claim.amount() - inBucket(claim, now)) / claim.limit();
        yield Duration.ofNanos((long) Math.ceil(missing * claim.window().toNanos()));
      }
      case COUNT, ONCE, PERIOD, DISTINCT -> {
        Instant free = now;
        for (Entry entry : of(claim.key())) {
          Instant until =
              entry.state == State.TAKEN && claim.kind() == Claim.Kind.ONCE
                  ? entry.deadline
                  : entry.settledAt.plus(entry.claim.window());
          free = until.isAfter(free) ? until : free;
        }
        yield Duration.between(now, free);
      }
    };
  }

  private long alive(Instant now) {
    return entries.values().stream()
        .filter(list -> list.stream().anyMatch(e -> holds(e, now)))
        .count();
  }

  private static boolean holds(Entry entry, Instant now) {
    return entry.state == State.TAKEN && entry.claim.kind() == Claim.Kind.ONCE
        ? now.isBefore(entry.deadline)
        : now.isBefore(entry.settledAt.plus(entry.claim.window()));
  }

  private List<Entry> of(String key) {
    return entries.getOrDefault(key, new ArrayList<>());
  }
}
