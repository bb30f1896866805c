package dev.gatewarden.core.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Where claims are taken and settled. A port; every adapter passes one contract suite.
///
/// Evicting a bucket never refills it: where memory runs out, new ids are refused, and limits of
/// new keys are refused or share what is left, none of them ever more than its own.
public interface Claims {

  /// Takes all of the claims or none, in one step.
  ///
  /// @param deadline when an unsettled receipt expires: by then its ids are free again unless they
  ///     are kept always, its amounts stay consumed
  /// @throws WouldWait on an event loop when the answer is not at hand; nothing is taken then
  Taken take(List<Claim> claims, Instant deadline);

  /// Takes an amount that is known only now, whether as much is left or not: what is missing has to
  /// flow back before anything is left again. Does not wait, and may be lost where there is no room
  /// or nobody to ask. Ids and members are not charged.
  void charge(Claim claim);

  /// Says what became of the exchange; a second call for the same receipt changes nothing.
  void settle(Receipt receipt, Settlement settlement);

  /// The answer to a take.
  sealed interface Taken {
    /// All are taken.
    ///
    /// @param tightest the claim with the least left, for the `RateLimit` headers
    record Granted(Receipt receipt, Allowance tightest) implements Taken {}

    /// One of them cannot be taken, and none is.
    ///
    /// @param retryAfter when it is worth trying again
    record Refused(Claim claim, Cause cause, Duration retryAfter) implements Taken {}
  }

  /// Why a claim cannot be taken.
  enum Cause {
    /// Used up within the window.
    SPENT,
    /// The same id is on its way and not answered yet.
    IN_FLIGHT,
    /// The same id was delivered.
    DELIVERED,
    /// There is no room to remember more.
    FULL,
    /// Nobody can say: what is shared cannot be reached.
    OUT_OF_REACH
  }

  /// What is left of a limit.
  ///
  /// @param limit the most there can be
  /// @param remaining what is left now
  /// @param reset the time until it is full again
  /// @param policy how callers are told of the limit, as its claim says
  record Allowance(long limit, long remaining, Duration reset, String policy) {
    /// Nothing that counts was claimed.
    public static final Allowance NONE = new Allowance(0, 0, Duration.ZERO, "");
  }

  /// What became of an exchange.
  enum Settlement {
    /// Refused before the upstream saw it.
    REFUSED,
    /// Forwarded, but the upstream said nothing of it (no answer, or a 5xx).
    CLEARED,
    /// Forwarded and declined by the upstream (a 4xx).
    DECLINED,
    /// Forwarded and taken by the upstream (anything below 400).
    DELIVERED
  }

  /// What was taken, to be settled by who took it.
  interface Receipt {}
}
