package dev.gatewarden.platform.store;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Combined;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims whose quotas outlive the gate: what is used of an hour, a day or a month.
///
/// Everything is answered from memory, and written behind: a gate that is killed forgets what was
/// used in its last second or so. Neither what is counted within minutes is written, nor what
/// guards in observe count.
public final class SqliteQuotas implements Claims, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteQuotas.class);
  private static final Duration SHORTEST = Duration.ofMinutes(2);

  private final Claims memory;
  private final InstantSource clock;
  private final UsedQuotas used;

  /// @param memory where claims are answered from; what is in the file is taken from it
  /// @throws UncheckedIOException when the file cannot be read
  public SqliteQuotas(StateFile file, Claims memory, InstantSource clock) {
    this.memory = memory;
    this.clock = clock;
    this.used = new UsedQuotas(file, clock);
    for (UsedQuotas.Row row : used.kept()) {
      Duration left = Duration.ofMillis(row.until() - clock.millis());
      Claim claim =
          Claim.within(row.key(), row.amount(), row.amount(), left, Combined.CLAIMS_FULL)
              .keptAlways();
      if (memory.take(List.of(claim), clock.instant()) instanceof Taken.Refused) {
        LOG.warn("more quotas were used than there is room for in memory");
        break;
      }
    }
  }

  @Override
  public Taken take(List<Claim> claims, Instant deadline) {
    Taken taken = memory.take(claims, deadline);
    if (taken instanceof Taken.Granted(Receipt receipt, Allowance tightest) && anyLasts(claims)) {
      for (Claim claim : claims) {
        add(claim, claim.amount());
      }
      return new Taken.Granted(
          new Ticket(List.copyOf(claims), receipt, new AtomicBoolean()), tightest);
    }
    return taken;
  }

  @Override
  public void charge(Claim claim) {
    memory.charge(claim);
    add(claim, claim.amount());
  }

  @Override
  public void settle(Receipt receipt, Settlement settlement) {
    if (!(receipt instanceof Ticket ticket)) {
      memory.settle(receipt, settlement);
      return;
    }
    if (!ticket.settled.compareAndSet(false, true)) {
      return;
    }
    memory.settle(ticket.receipt, settlement);
    for (Claim claim : ticket.claims) {
      if (!claim.kept().keeps(settlement)) {
        add(claim, -claim.amount());
      } else if (claim.kept().forgets(settlement)) {
        add(claim, Integer.MIN_VALUE);
      }
    }
  }

  private void add(Claim claim, long amount) {
    if (lasts(claim)) {
      used.add(claim.key(), clock.instant().plus(claim.window()).toEpochMilli(), amount);
    }
  }

  private static boolean anyLasts(List<Claim> claims) {
    for (int i = 0; i < claims.size(); i++) {
      if (lasts(claims.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean lasts(Claim claim) {
    return claim.kind() == Claim.Kind.PERIOD
        && !claim.isObserved()
        && claim.window().compareTo(SHORTEST) > 0;
  }

  /// Writes what was not written yet.
  @Override
  public void close() {
    used.flush();
  }

  /// What one exchange took.
  private record Ticket(List<Claim> claims, Receipt receipt, AtomicBoolean settled)
      implements Receipt {}
}
