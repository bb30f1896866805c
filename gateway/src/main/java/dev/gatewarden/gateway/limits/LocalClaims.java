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
    return locked(ticket, 0, nanos(deadline));
  }

  /// Holds the monitors of all cells, in the order of their keys, then decides for all of them.
  private Taken locked(Ticket ticket, int next, long deadline) {
    if (next == ticket.claims.length) {
      return decide(ticket, deadline);
    }
    Claim claim = ticket.claims[next];
    while (true) {
      Cell cell = cell(claim);
      if (cell == null) {
        return new Taken.Refused(claim, Cause.FULL, WHEN_FULL);
      }
      synchronized (cell) {
        if (!cell.gone) {
          ticket.cells[next] = cell;
          return locked(ticket, next + 1, deadline);
        }
      }
    }
  }

  /// The clock is read behind the monitors: with an older one, a cell changed meanwhile would
  /// refuse falsely.
  private Taken decide(Ticket ticket, long deadline) {
    long now = nanos(clock.instant());
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      Cause cause = ticket.cells[i].obstacle(claim, now);
      if (cause != null) {
        return new Taken.Refused(claim, cause, Duration.ofNanos(ticket.cells[i].wait(claim, now)));
      }
    }
    Allowance tightest = Allowance.NONE;
    for (int i = 0; i < ticket.claims.length; i++) {
      Claim claim = ticket.claims[i];
      Cell cell = ticket.cells[i];
      cell.take(claim, now, deadline);
      if (claim.kind() != Claim.Kind.ONCE) {
        long remaining = cell.remaining(claim, now);
        if (tightest.limit() == 0 || remaining < tightest.remaining()) {
          tightest =
              new Allowance(claim.limit(), remaining, Duration.ofNanos(cell.reset(claim, now)));
        }
      }
    }
    ticket.deadline = deadline;
    return new Taken.Granted(ticket, tightest);
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
      if (claim.kind() == Claim.Kind.ONCE && now >= ticket.deadline) {
        continue;
      }
      boolean keep =
          switch (claim.kept()) {
            case ALWAYS -> true;
            case IF_CLEARED -> settlement != Settlement.REFUSED;
            case IF_DELIVERED -> settlement == Settlement.DELIVERED;
          };
      synchronized (ticket.cells[i]) {
        ticket.cells[i].settle(claim, keep, now);
      }
    }
  }

  /// The cell of a key; null when there is no room for a new one.
  private @Nullable Cell cell(Claim claim) {
    Cell cell = cells.get(claim.key());
    if (cell != null && !cell.gone) {
      return cell;
    }
    sweep();
    if (cells.size() >= most) {
      return null;
    }
    return cells.computeIfAbsent(claim.key(), _ -> Cell.of(claim));
  }

  private synchronized void sweep() {
    long now = nanos(clock.instant());
    Iterator<Cell> sweeping = broom == null || !broom.hasNext() ? cells.values().iterator() : broom;
    for (int i = 0; i < SWEEP && sweeping.hasNext(); i++) {
      Cell cell = sweeping.next();
      synchronized (cell) {
        if (cell.idle(now)) {
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
    final AtomicBoolean settled = new AtomicBoolean();
    long deadline;

    Ticket(Claim[] claims) {
      this.claims = claims;
      this.cells = new Cell[claims.length];
    }
  }
}
