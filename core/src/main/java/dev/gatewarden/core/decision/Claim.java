package dev.gatewarden.core.decision;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something a verdict wants to consume. The pipeline takes it after the stage was judged and
/// settles it after the reply.
///
/// @param key what is consumed, unique among all guards: begins with the guard's id
/// @param amount how much of it; 1 for `ONCE`
/// @param limit how much there is: the bucket's size for `TAKE`, the most per window for `COUNT`,
///     the most of the period for `PERIOD`, 1 for `ONCE`
/// @param window how long an id is remembered (`ONCE`), the time in which an empty bucket fills
///     (`TAKE`), the window's length (`COUNT`), what is left of the period (`PERIOD`)
/// @param kept when the claim stays taken
/// @param refused the reason when it cannot be taken
/// @param inFlight the reason when another exchange holds the same id and is not answered yet;
///     `refused` where null
/// @param ifDelivered the answer to a repeat of what was delivered; a refusal where null
public record Claim(
    String key,
    Kind kind,
    long amount,
    long limit,
    Duration window,
    Kept kept,
    Reason refused,
    @Nullable Reason inFlight,
    @Nullable Reply ifDelivered) {
  private static final String OBSERVED = "observe/";

  /// How a claim consumes.
  public enum Kind {
    /// An id that may be used once.
    ONCE,
    /// Tokens out of a bucket that refills evenly.
    TAKE,
    /// A count within a sliding window.
    COUNT,
    /// A count within a period that ends for everybody at once, such as a day; the key names it.
    PERIOD
  }

  /// When a claim stays taken.
  public enum Kept {
    /// Whatever becomes of the exchange: DPoP ids, failed logins, source limits.
    ALWAYS,
    /// When the exchange was cleared for the upstream: fair use.
    IF_CLEARED,
    /// When the upstream took it: event ids, idempotency keys.
    IF_DELIVERED
  }

  /// An id that may be used once within a window.
  public static Claim once(String key, Duration window, Reason refused) {
    return new Claim(key, Kind.ONCE, 1, 1, window, Kept.ALWAYS, refused, null, null);
  }

  /// An amount out of a bucket of `limit` that fills evenly within `window`.
  public static Claim take(String key, long amount, long limit, Duration window, Reason refused) {
    return new Claim(key, Kind.TAKE, amount, limit, window, Kept.IF_CLEARED, refused, null, null);
  }

  /// An amount within a sliding window that holds at most `limit`.
  public static Claim count(String key, long amount, long limit, Duration window, Reason refused) {
    return new Claim(key, Kind.COUNT, amount, limit, window, Kept.IF_CLEARED, refused, null, null);
  }

  /// An amount within a period that holds at most `limit`.
  ///
  /// @param key names the period: the next one has another key
  /// @param left of the period
  public static Claim within(String key, long amount, long limit, Duration left, Reason refused) {
    return new Claim(key, Kind.PERIOD, amount, limit, left, Kept.IF_CLEARED, refused, null, null);
  }

  public Claim keptAlways() {
    return kept(Kept.ALWAYS);
  }

  public Claim keptIfCleared() {
    return kept(Kept.IF_CLEARED);
  }

  public Claim keptIfDelivered() {
    return kept(Kept.IF_DELIVERED);
  }

  /// Answers a repeat of what was delivered with this, without forwarding.
  public Claim ifDelivered(Reply reply) {
    return new Claim(key, kind, amount, limit, window, kept, refused, inFlight, reply);
  }

  /// Refuses a repeat of what is still in flight with this reason.
  public Claim ifInFlight(Reason reason) {
    return new Claim(key, kind, amount, limit, window, kept, refused, reason, ifDelivered);
  }

  /// The same claim in a namespace of its own, for guards in observe: they consume nothing of the
  /// enforcing ones.
  public Claim observed() {
    return new Claim(
        OBSERVED + key, kind, amount, limit, window, kept, refused, inFlight, ifDelivered);
  }

  /// Whether it is claimed in observe, where nothing depends on it.
  public boolean isObserved() {
    return key.startsWith(OBSERVED);
  }

  private Claim kept(Kept kept) {
    return new Claim(key, kind, amount, limit, window, kept, refused, inFlight, ifDelivered);
  }
}
