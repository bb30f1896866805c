package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long a caller may go on with what is under way: until the lease ends, one of the caller's
/// names is shut out, or what the caller came with proves nobody any more.
///
/// Asking costs a few comparisons while nothing changed. The caller is proved again every few
/// seconds, beside the connection; while nobody can say, or too many are proved already, the last
/// good answer counts for a minute.
final class Tenure {
  private static final Logger LOG = LoggerFactory.getLogger(Tenure.class);

  /// What a test names to be without.
  static final String CONTROL = "held-connection";

  private static final long EVERY_MILLIS = 5_000;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final int TOO_MANY = 429;
  private static final int OUR_FAULT = 500;

  private final InstantSource clock;
  private final Blocks blocks;
  private final Principal caller;
  private final Standing standing;
  private final BooleanSupplier stands;
  private final long until;
  private final @Nullable Supplier<Again> proving;
  private final Semaphore provings;
  private long epoch;
  private boolean asked;
  private volatile boolean over;
  private volatile boolean busy;
  private volatile long due;
  private volatile long proved;

  /// When it was first time to prove the caller once more, since that was done last; 0 before.
  private volatile long waiting;

  /// What proving somebody once more came to.
  record Again(Outcome outcome, Principal principal) {}

  /// @param lease how long the first proof holds
  /// @param proving proves the caller again, where waiting is allowed; null where nothing could
  /// @param provings how many callers may be proved again at once
  Tenure(
      Principal caller,
      Lease lease,
      Blocks blocks,
      InstantSource clock,
      @Nullable Supplier<Again> proving,
      Semaphore provings) {
    this.clock = clock;
    this.blocks = blocks;
    this.caller = caller;
    this.standing = Standing.of(caller);
    this.stands = lease.stands();
    Instant end = lease.until();
    this.until = end.equals(Instant.MAX) ? Long.MAX_VALUE : end.toEpochMilli();
    this.proving = proving;
    this.provings = provings;
    this.proved = clock.millis();
    this.due = proved + EVERY_MILLIS;
  }

  /// The first answer looks everything up: something may have happened since the caller was proved.
  boolean holds() {
    long now = clock.millis();
    if (over || now >= until || !stands.getAsBoolean()) {
      return false;
    }
    if (caller.isNobody()) {
      return true;
    }
    if (proving != null && now >= due && !isPatient(now)) {
      over = true;
      return false;
    }
    long latest = blocks.epoch();
    if (asked && latest == epoch) {
      return true;
    }
    if (standing.shutOut(blocks)) {
      return false;
    }
    epoch = latest;
    asked = true;
    return true;
  }

  /// Begins to prove the caller once more. Where too many are proved already, the next question
  /// comes soon enough; but whoever never gets his turn ends like one of whom nobody can say.
  ///
  /// @return false where patience has ended, unless nobody asked for so long that this is the first
  ///     time anybody could have known
  private boolean isPatient(long now) {
    long since = waiting;
    if (since == 0) {
      since = now;
      waiting = now;
    }
    proveAgain();
    return now - proved <= PATIENCE_MILLIS || now - since <= EVERY_MILLIS;
  }

  private void proveAgain() {
    Supplier<Again> again = proving;
    if (again != null && !busy && provings.tryAcquire()) {
      busy = true;
      Thread.ofVirtual().name("tenure").start(() -> prove(again));
    }
  }

  private void prove(Supplier<Again> again) {
    try {
      Again now = again.get();
      if (!isUnknown(now.outcome)) {
        proved = clock.millis();
        waiting = 0;
        over = !isCaller(now);
      }
    } catch (RuntimeException | StackOverflowError fault) {
      LOG.error("a caller could not be proved again", fault);
    } finally {
      long now = clock.millis();
      if (now - proved > PATIENCE_MILLIS) {
        over = true;
      }
      due = now + EVERY_MILLIS;
      busy = false;
      provings.release();
    }
  }

  private boolean isCaller(Again now) {
    return now.outcome instanceof Outcome.Allowed
        && !now.principal.isNobody()
        && now.principal.key().equals(caller.key())
        && Objects.equals(now.principal.tenant(), caller.tenant());
  }

  /// Whether nobody could say: what would have been asked is away, or too much is asked of it.
  private static boolean isUnknown(Outcome outcome) {
    int status =
        switch (outcome) {
          case Outcome.Denied(var deny) -> deny.reason().status();
          case Outcome.Challenged challenged -> challenged.reason().status();
          case Outcome.Allowed _, Outcome.Answered _ -> 0;
        };
    return status == TOO_MANY || status >= OUR_FAULT;
  }
}
