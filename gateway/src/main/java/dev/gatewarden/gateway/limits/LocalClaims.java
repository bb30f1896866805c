package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Claims of this process alone, in memory, bounded.
///
/// Only cells that have forgotten everything leave the table; where there is no room for a new key,
/// it shares a coarse cell with others of its limit, and a new id is refused, so that a flood of
/// new
/// keys cannot refill anybody's bucket.
public final class LocalClaims implements Claims {
  private static final Comparator<Cell> BY_RANK = Comparator.comparingInt(cell -> cell.rank);
  private static final Duration WHEN_FULL = Duration.ofSeconds(1);

  private final Table table;
  private final InstantSource clock;
  private final LongSupplier nanos;

  /// Claims that go by one clock; where it steps, so do they.
  ///
  /// @param most the most keys remembered at once; one costs about 200 bytes
  public LocalClaims(InstantSource clock, int most) {
    this(clock, () -> nanos(clock.instant()), most);
  }

  private LocalClaims(InstantSource clock, LongSupplier nanos, int most) {
    this.clock = clock;
    this.nanos = nanos;
    this.table = new Table(most);
  }

  /// Claims that no step of a clock refills or holds up.
  ///
  /// @param clock the one in which deadlines are told
  /// @param passing nanoseconds that pass evenly, from anywhere
  /// @param most the most keys remembered at once; one costs about 200 bytes
  public static LocalClaims steady(InstantSource clock, LongSupplier passing, int most) {
    long before = nanos(clock.instant()) - passing.getAsLong();
    return new LocalClaims(clock, () -> before + passing.getAsLong(), most);
  }

  /// Says whether what comes was remembered elsewhere, and all room is for it; shares of the room
  /// count where it was not.
  public void remembering(boolean before) {
    table.shares(!before);
  }

  @Override
  public Taken take(List<Claim> claims, Instant deadline) {
    Claim[] sorted = claims.toArray(Claim[]::new);
    sort(sorted);
    Ticket ticket = new Ticket(sorted);
    boolean search = true;
    while (true) {
      Claim homeless = find(ticket, search);
      if (homeless != null) {
        return new Taken.Refused(homeless, Cause.FULL, WHEN_FULL);
      }
      Taken taken = locked(ticket, 0, deadline);
      if (taken != null) {
        if (ticket.fresh > 0) {
          table.glance(ticket.fresh, nanos.getAsLong());
        }
        return taken;
      }
      // Whoever searched twice could sweep away what it has just found, for ever.
      search = false;
    }
  }

  /// There are few of them.
  private static void sort(Claim[] claims) {
    for (int i = 1; i < claims.length; i++) {
      Claim claim = claims[i];
      int at = i;
      while (at > 0 && claims[at - 1].key().compareTo(claim.key()) > 0) {
        claims[at] = claims[at - 1];
        at--;
      }
      claims[at] = claim;
    }
  }

  /// Finds all cells before it holds any of them.
  private @Nullable Claim find(Ticket ticket, boolean search) {
    boolean shared = false;
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      Cell cell = table.known(claim);
      if (cell == null) {
        ticket.fresh++;
        cell = table.place(claim, nanos.getAsLong(), search);
      }
      if (cell == null) {
        return claim;
      }
      ticket.cells[i] = cell;
      shared |= cell.isShared();
    }
    ticket.held = shared ? ranked(ticket.cells) : ticket.cells;
    return null;
  }

  /// Cells that several keys share come first, in an order of their own; all others are in that of
  /// their keys.
  private static Cell[] ranked(Cell[] cells) {
    Cell[] held = cells.clone();
    Arrays.sort(held, BY_RANK);
    return held;
  }

  /// Holds the monitors of all cells, in one order for everybody, then decides for all of them.
  ///
  /// @return null when a cell has left the table meanwhile
  private @Nullable Taken locked(Ticket ticket, int next, Instant deadline) {
    if (next == ticket.claims.length) {
      return decide(ticket, deadline);
    }
    Cell cell = ticket.held[next];
    synchronized (cell) {
      return cell.gone ? null : locked(ticket, next + 1, deadline);
    }
  }

  /// The clock is read behind the monitors: with an older one, a cell changed meanwhile would
  /// refuse falsely.
  private Taken decide(Ticket ticket, Instant deadline) {
    long now = nanos.getAsLong();
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      Cell cell = ticket.cells[i];
      Cause cause = cell.refusal(claim, now);
      if (cause == null && isOverfull(cell, claim)) {
        cause = Cause.FULL;
      }
      if (cause != null) {
        Duration wait = cause == Cause.FULL ? WHEN_FULL : Duration.ofNanos(cell.retry(claim, now));
        for (int taken = i - 1; taken >= 0; taken--) {
          ticket.cells[taken].undo(ticket.claims[taken], now, ticket.marks[taken]);
        }
        return new Taken.Refused(claim, cause, wait);
      }
      long until = claim.kind() == Claim.Kind.ONCE ? until(now, deadline) : 0;
      ticket.marks[i] = cell.take(claim, now, until, ticket);
      table.weigh(cell);
    }
    return new Taken.Granted(ticket, tightest(ticket, now));
  }

  private boolean isOverfull(Cell cell, Claim claim) {
    return cell instanceof Different members && members.grows(claim) && table.crowded();
  }

  /// The deadline in the time that passes evenly.
  private long until(long now, Instant deadline) {
    return now + Math.max(0, Duration.between(clock.instant(), deadline).toNanos());
  }

  /// What the fewest requests like this one are left of.
  private static Allowance tightest(Ticket ticket, long now) {
    Allowance tightest = Allowance.NONE;
    long fewest = Long.MAX_VALUE;
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      if (claim.kind() != Claim.Kind.ONCE && claim.kind() != Claim.Kind.DISTINCT) {
        Cell cell = ticket.cells[i];
        long remaining = cell.remaining(claim, now);
        if (remaining / claim.amount() < fewest) {
          fewest = remaining / claim.amount();
          tightest =
              new Allowance(
                  claim.limit(),
                  remaining,
                  Duration.ofNanos(cell.reset(claim, now)),
                  claim.policy());
        }
      }
    }
    return tightest;
  }

  /// Where there is no room for its key, nothing is remembered of it.
  @Override
  public void charge(Claim claim) {
    boolean search = true;
    while (true) {
      Cell known = table.known(claim);
      Cell cell = known == null ? table.place(claim, nanos.getAsLong(), search) : known;
      if (cell == null) {
        return;
      }
      synchronized (cell) {
        if (!cell.gone) {
          cell.charge(claim, nanos.getAsLong());
          table.weigh(cell);
          return;
        }
      }
      search = false;
    }
  }

  @Override
  public void settle(Receipt receipt, Settlement settlement) {
    Ticket ticket = (Ticket) receipt;
    if (!ticket.settled.compareAndSet(false, true)) {
      return;
    }
    long now = 0;
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      Cell cell = ticket.cells[i];
      boolean keep = claim.kept().keeps(settlement);
      if (keep && claim.kind() != Claim.Kind.ONCE && !claim.kept().forgets(settlement)) {
        continue;
      }
      now = now == 0 ? nanos.getAsLong() : now;
      synchronized (cell) {
        // What several share is not forgotten because one of them succeeds.
        if (claim.kept().forgets(settlement) && !cell.isShared()) {
          cell.forget();
        } else {
          cell.settle(claim, keep, now, ticket.marks[i], ticket);
        }
        table.weigh(cell);
      }
    }
  }

  /// How many keys are remembered.
  public int size() {
    return table.size() - table.coarse();
  }

  /// How many there is room for.
  public int most() {
    return table.most();
  }

  /// How many cells are shared by keys for which there was no room.
  public int shared() {
    return table.coarse();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /// What one exchange took.
  private static final class Ticket implements Receipt {
    final Claim[] claims;
    final Cell[] cells;
    final long[] marks;
    Cell[] held;
    final AtomicBoolean settled = new AtomicBoolean();
    int fresh;

    Ticket(Claim[] claims) {
      this.claims = claims;
      this.cells = new Cell[claims.length];
      this.held = cells;
      this.marks = new long[claims.length];
    }
  }
}
