package dev.gatewarden.platform.store;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.core.decision.WouldWait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Claims whose once-only ids outlive the gate. What is counted does not, and never touches the
/// disk; nor does what guards in observe take.
///
/// Everything is answered from memory. An id that stays taken whatever becomes of its exchange is
/// on disk before the exchange goes on; one that is kept when the upstream took it is written when
/// it is settled, and nobody waits for it. Where another gate over the same file spent an id first,
/// it stays spent.
public final class SqliteClaims implements Claims {
  private static final Duration LATER = Duration.ofSeconds(1);
  private static final long PATIENCE_SECONDS = 5;

  private final Claims memory;
  private final InstantSource clock;
  private final SpentIds ids;

  /// @param memory where claims are answered from; empty, with room for what is in the file
  /// @throws UncheckedIOException when the file cannot be read
  public SqliteClaims(StateFile file, Claims memory, InstantSource clock) {
    this.memory = memory;
    this.clock = clock;
    this.ids = new SpentIds(file, clock);
    for (SpentIds.Row row : ids.kept()) {
      remember(row);
    }
  }

  /// What is in the file is in memory from the start.
  private void remember(SpentIds.Row row) {
    Duration left = Duration.ofMillis(row.until() - clock.millis());
    Claim claim = Claim.once(row.key(), left, Combined.CLAIMS_FULL);
    Claim known = row.delivered() ? claim.keptIfDelivered() : claim;
    switch (memory.take(List.of(known), clock.instant().plus(left))) {
      case Taken.Granted(Receipt receipt, var _) -> memory.settle(receipt, Settlement.DELIVERED);
      case Taken.Refused refused -> {
        if (refused.cause() == Cause.FULL) {
          throw new UncheckedIOException(
              new IOException("more ids were spent than there is room for in memory"));
        }
      }
    }
  }

  @Override
  public Taken take(List<Claim> claims, Instant deadline) {
    Claim lasting = lasting(claims);
    if (lasting == null) {
      return memory.take(claims, deadline);
    }
    if (ids.isBehind()) {
      return new Taken.Refused(lasting, Cause.OUT_OF_REACH, LATER);
    }
    boolean waits = waits(claims);
    if (waits && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
    return switch (memory.take(claims, deadline)) {
      case Taken.Granted(Receipt receipt, Allowance tightest) -> {
        Ticket ticket = new Ticket(claims, receipt);
        yield waits ? written(ticket, tightest) : new Taken.Granted(ticket, tightest);
      }
      case Taken.Refused refused -> refused;
    };
  }

  @Override
  public void charge(Claim claim) {
    memory.charge(claim);
  }

  /// The first claim that a restart must not forget, or null.
  private static @Nullable Claim lasting(List<Claim> claims) {
    for (int i = 0; i < claims.size(); i++) {
      if (lasts(claims.get(i))) {
        return claims.get(i);
      }
    }
    return null;
  }

  private static boolean lasts(Claim claim) {
    return claim.kind() == Claim.Kind.ONCE && !claim.isObserved();
  }

  private static boolean waits(List<Claim> claims) {
    for (int i = 0; i < claims.size(); i++) {
      if (spendsAtOnce(claims.get(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean spendsAtOnce(Claim claim) {
    return lasts(claim) && claim.kept() == Claim.Kept.ALWAYS;
  }

  private Taken written(Ticket ticket, Allowance tightest) {
    List<SpentIds.Row> rows = new ArrayList<>(1);
    for (Claim claim : ticket.claims) {
      if (spendsAtOnce(claim)) {
        rows.add(row(claim));
      }
    }
    Cause cause = Cause.OUT_OF_REACH;
    Duration wait = LATER;
    SpentIds.Row before = null;
    try {
      before = ids.spend(rows).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (before == null) {
        return new Taken.Granted(ticket, tightest);
      }
      cause = before.delivered() ? Cause.DELIVERED : Cause.SPENT;
      wait = Duration.ofMillis(Math.max(0, before.until() - clock.millis()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException refused) {
      cause = StateFile.isFull(refused.getCause()) ? Cause.FULL : Cause.OUT_OF_REACH;
    } catch (TimeoutException | CancellationException late) {
      // Nobody can say whether it will be on disk: it is spent, and opens nothing.
      cause = Cause.OUT_OF_REACH;
    }
    memory.settle(ticket.receipt, Settlement.REFUSED);
    return new Taken.Refused(named(ticket.claims, before), cause, wait);
  }

  /// The claim of an id; the first that is spent at once where none is named.
  private static Claim named(List<Claim> claims, SpentIds.@Nullable Row row) {
    Claim first = claims.getFirst();
    for (int i = claims.size() - 1; i >= 0; i--) {
      Claim claim = claims.get(i);
      if (spendsAtOnce(claim) && (row == null || claim.key().equals(row.key()))) {
        first = claim;
      }
    }
    return first;
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
    List<SpentIds.Row> rows = new ArrayList<>(1);
    for (Claim claim : ticket.claims) {
      if (lasts(claim) && isSpentBy(claim, settlement)) {
        rows.add(row(claim));
      }
    }
    if (!rows.isEmpty()) {
      ids.settled(rows);
    }
  }

  /// Whether the settlement, and not the taking, spends the id.
  private static boolean isSpentBy(Claim claim, Settlement settlement) {
    return claim.kept() != Claim.Kept.ALWAYS && claim.kept().keeps(settlement);
  }

  /// No shorter on disk than in memory.
  private SpentIds.Row row(Claim claim) {
    long until = clock.instant().plus(claim.window()).plusNanos(999_999).toEpochMilli();
    return new SpentIds.Row(claim.key(), until, claim.kept() == Claim.Kept.IF_DELIVERED);
  }

  /// What one exchange took.
  private record Ticket(List<Claim> claims, Receipt receipt, AtomicBoolean settled)
      implements Receipt {
    Ticket(List<Claim> claims, Receipt receipt) {
      this(List.copyOf(claims), receipt, new AtomicBoolean());
    }
  }
}
