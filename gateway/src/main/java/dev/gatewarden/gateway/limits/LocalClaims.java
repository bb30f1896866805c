package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Claims of this process alone, in memory, bounded.
///
/// Only cells that have forgotten everything leave the table; where there is no room for a new one,
/// the claim is refused, so that a flood of new keys
/// cannot refill anybody's bucket.
public final class LocalClaims implements Claims {
  private static final Comparator<Claim> BY_KEY = Comparator.comparing(Claim::key);
  private static final Duration WHEN_FULL = Duration.ofSeconds(1);

  /// How many cells a new key looks at for one that has forgotten everything.
  private static final int SWEEP = 4;

  private final ConcurrentHashMap<String, Cell> cells = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final int most;
  private @Nullable Iterator<Cell> broom;

  /// @param most the most keys remembered at once; one costs about 150 bytes
  public LocalClaims(InstantSource clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  @Override
  public Taken take(List<Claim> claims, Instant deadline) {
    Claim[] sorted = claims.toArray(Claim[]::new);
    if (sorted.length > 1) {
      java.util.Arrays.sort(sorted, BY_KEY);
    }
    Ticket ticket = new Ticket(sorted);
    makeRoom(ticket);
    while (true) {
      Claim homeless = find(ticket);
      if (homeless != null) {
        return new Taken.Refused(homeless, Cause.FULL, WHEN_FULL);
      }
      Taken taken = locked(ticket, 0, nanos(deadline));
      if (taken != null) {
        return taken;
      }
    }
  }

  /// Finds all cells before it holds any of them.
  private @Nullable Claim find(Ticket ticket) {
    for (int i = 0; i < ticket.claims.length; i++) {
      Cell cell = cell(ticket.claims[i]);
      if (cell == null) {
        return ticket.claims[i];
      }
      ticket.cells[i] = cell;
    }
    return null;
  }

  /// Holds the monitors of all cells, in the order of their keys, then decides for all of them.
  ///
  /// @return null when a cell has left the table meanwhile
  private @Nullable Taken locked(Ticket ticket, int next, long deadline) {
    if (next == ticket.claims.length) {
      return decide(ticket, deadline);
    }
    Cell cell = ticket.cells[next];
    synchronized (cell) {
      return cell.gone ? null : locked(ticket, next + 1, deadline);
    }
  }

  /// The clock is read behind the monitors: with an older one, a cell changed meanwhile would
  /// refuse falsely.
  private Taken decide(Ticket ticket, long deadline) {
    long now = nanos(clock.instant());
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      Cause cause = ticket.cells[i].refusal(claim, now);
      if (cause != null) {
        Duration wait = Duration.ofNanos(ticket.cells[i].retry(claim, now));
        for (int taken = i - 1; taken >= 0; taken--) {
          ticket.cells[taken].undo(ticket.claims[taken], now, ticket.marks[taken]);
        }
        return new Taken.Refused(claim, cause, wait);
      }
      ticket.marks[i] = ticket.cells[i].take(claim, now, deadline, ticket);
    }
    return new Taken.Granted(ticket, tightest(ticket, now));
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
              new Allowance(claim.limit(), remaining, Duration.ofNanos(cell.reset(claim, now)));
        }
      }
    }
    return tightest;
  }

  @Override
  public void settle(Receipt receipt, Settlement settlement) {
    Ticket ticket = (Ticket) receipt;
    if (!ticket.settled.compareAndSet(false, true)) {
      return;
    }
    long now = nanos(clock.instant());
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      boolean keep = claim.kept().keeps(settlement);
      synchronized (ticket.cells[i]) {
        if (claim.kept().forgets(settlement)) {
          ticket.cells[i].forget();
        } else {
          ticket.cells[i].settle(claim, keep, now, ticket.marks[i], ticket);
        }
      }
    }
  }

  /// The cell of a key; null when there is no room for a new one.
  private @Nullable Cell cell(Claim claim) {
    Cell cell = cells.get(claim.key());
    if (cell != null && !cell.gone) {
      return cell;
    }
    return cells.size() >= most ? null : cells.computeIfAbsent(claim.key(), _ -> Cell.of(claim));
  }

  /// Makes room once, before any cell is found: afterwards it could be one that was just found.
  private void makeRoom(Ticket ticket) {
    for (Claim claim : ticket.claims) {
      if (!cells.containsKey(claim.key())) {
        sweep();
      }
    }
  }

  private synchronized void sweep() {
    long now = nanos(clock.instant());
    Iterator<Cell> sweeping = broom == null || !broom.hasNext() ? cells.values().iterator() : broom;
    for (int i = 0; i < SWEEP && sweeping.hasNext(); i++) {
      Cell cell = sweeping.next();
      synchronized (cell) {
        if (cell.forgettable(now)) {
          cell.gone = true;
          sweeping.remove();
        }
      }
    }
    broom = sweeping;
  }

  /// How many keys are remembered.
  public int size() {
    return cells.size();
  }

  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /// What one exchange took.
  private static final class Ticket implements Receipt {
    final Claim[] claims;
    final Cell[] cells;
    final long[] marks;
    final AtomicBoolean settled = new AtomicBoolean();

    Ticket(Claim[] claims) {
      this.claims = claims;
      this.cells = new Cell[claims.length];
      this.marks = new long[claims.length];
    }
  }
}
