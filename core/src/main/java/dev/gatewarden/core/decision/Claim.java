package dev.gatewarden.core.decision;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something a verdict wants to consume. The pipeline takes it after the stage was judged and
/// settles it after the reply.
///
/// @param key what is consumed, unique among all guards: begins with the guard's id, then the name
///     of the limit where a guard has several, then whose it is. Who has little room to remember
///     gives each guard and limit a share of it
/// @param member what is counted of `DISTINCT`, null of all others
/// @param amount how much of it; 1 for `ONCE` and `DISTINCT`
/// @param limit how much there is: the bucket's size for `TAKE`, the most per window for `COUNT`
///     and `DISTINCT`, the most of the period for `PERIOD`, 1 for `ONCE`
/// @param window how long an id is remembered (`ONCE`), the time in which an empty bucket fills
///     (`TAKE`), the window's length (`COUNT`, `DISTINCT`), what is left of the period (`PERIOD`)
/// @param kept when the claim stays taken
/// @param refused the reason when it cannot be taken
/// @param inFlight the reason when another exchange holds the same id and is not answered yet;
///     `refused` where null
/// @param ifDelivered the answer to a repeat of what was delivered; a refusal where null
/// @param block how long who was refused is refused, whatever there would be meanwhile
/// @param whenGone what becomes of it while nobody can say what is left; what is set for all where
///     null
/// @param policy how callers are told of the limit, as a member of `RateLimit-Policy`,
///     `"tenant";q=100;w=60`; empty where it is nameless to them
public record Claim(
    String key,
    @Nullable String member,
    Kind kind,
    long amount,
    long limit,
    Duration window,
    Kept kept,
    Reason refused,
    @Nullable Reason inFlight,
    @Nullable Reply ifDelivered,
    Duration block,
    @Nullable WhenGone whenGone,
    String policy) {
  private static final String OBSERVED = "observe/";

  public Claim {
    if ((kind == Kind.DISTINCT) != (member != null)) {
      throw new IllegalArgumentException("members are those of what counts different ones");
    }
    if (kind == Kind.ONCE && (kept == Kept.UNTIL_SUCCESS || !block.isZero())) {
      throw new IllegalArgumentException("an id that is used once is no limit");
    }
  }

  /// How a claim consumes.
  public enum Kind {
    /// An id that may be used once.
    ONCE,
    /// Tokens out of a bucket that refills evenly.
    TAKE,
    /// A count within a sliding window.
    COUNT,
    /// A count within a period that ends for everybody at once, such as a day; the key names it.
    PERIOD,
    /// How many different members there are within a sliding window; one that was there already
    /// costs nothing, and stays for a window more.
    DISTINCT
  }

  /// When a claim stays taken.
  public enum Kept {
    /// Whatever becomes of the exchange: DPoP ids, source limits.
    ALWAYS,
    /// When the exchange was cleared for the upstream: fair use.
    IF_CLEARED,
    /// When the upstream took it: event ids, idempotency keys.
    IF_DELIVERED,
    /// When the upstream declined it: wrong guesses.
    IF_DECLINED,
    /// When the upstream took it, or nobody knows whether it did: what must not be done twice.
    UNLESS_DECLINED,
    /// Whatever becomes of the exchange, until one is taken by the upstream: that one has
    /// everything under the key forgotten, a block too. For limits.
    UNTIL_SUCCESS;

    /// Whether it is taken even where the stage refuses for another reason.
    public boolean regardless() {
      return this == ALWAYS || this == UNTIL_SUCCESS;
    }

    /// Whether it stays taken when the exchange ended so.
    public boolean keeps(Claims.Settlement settlement) {
      return switch (this) {
        case ALWAYS, UNTIL_SUCCESS -> true;
        case IF_CLEARED -> settlement != Claims.Settlement.REFUSED;
        case IF_DELIVERED -> settlement == Claims.Settlement.DELIVERED;
        case IF_DECLINED -> settlement == Claims.Settlement.DECLINED;
        case UNLESS_DECLINED ->
            settlement == Claims.Settlement.CLEARED || settlement == Claims.Settlement.DELIVERED;
      };
    }

    /// Whether everything under the key is forgotten when the exchange ended so.
    public boolean forgets(Claims.Settlement settlement) {
      return this == UNTIL_SUCCESS && settlement == Claims.Settlement.DELIVERED;
    }
  }

  /// What becomes of a claim while what is shared cannot be reached.
  public enum WhenGone {
    /// It is refused.
    CLOSED,
    /// It is granted, and nothing is counted.
    OPEN,
    /// Each gate counts by itself, with its share of the limit; an id that may be used once is
    /// refused, because nobody can say who saw it.
    LOCAL_SHARE
  }

  /// An id that may be used once within a window.
  public static Claim once(String key, Duration window, Reason refused) {
    return of(key, null, Kind.ONCE, 1, 1, window, Kept.ALWAYS, refused);
  }

  /// An amount out of a bucket of `limit` that fills evenly within `window`.
  public static Claim take(String key, long amount, long limit, Duration window, Reason refused) {
    return of(key, null, Kind.TAKE, amount, limit, window, Kept.IF_CLEARED, refused);
  }

  /// An amount within a sliding window that holds at most `limit`.
  public static Claim count(String key, long amount, long limit, Duration window, Reason refused) {
    return of(key, null, Kind.COUNT, amount, limit, window, Kept.IF_CLEARED, refused);
  }

  /// An amount within a period that holds at most `limit`.
  ///
  /// @param key names the period: the next one has another key
  /// @param left of the period
  public static Claim within(String key, long amount, long limit, Duration left, Reason refused) {
    return of(key, null, Kind.PERIOD, amount, limit, left, Kept.IF_CLEARED, refused);
  }

  /// One of at most `limit` different members within a sliding window.
  public static Claim distinct(
      String key, String member, long limit, Duration window, Reason refused) {
    return of(key, member, Kind.DISTINCT, 1, limit, window, Kept.IF_CLEARED, refused);
  }

  private static Claim of(
      String key,
      @Nullable String member,
      Kind kind,
      long amount,
      long limit,
      Duration window,
      Kept kept,
      Reason refused) {
    return new Claim(
        key,
        member,
        kind,
        amount,
        limit,
        window,
        kept,
        refused,
        null,
        null,
        Duration.ZERO,
        null,
        "");
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

  public Claim keptIfDeclined() {
    return kept(Kept.IF_DECLINED);
  }

  public Claim keptUnlessDeclined() {
    return kept(Kept.UNLESS_DECLINED);
  }

  public Claim keptUntilSuccess() {
    return kept(Kept.UNTIL_SUCCESS);
  }

  /// Answers a repeat of what was delivered with this, without forwarding.
  public Claim ifDelivered(Reply reply) {
    return with(key, limit, kept, inFlight, reply, block, whenGone);
  }

  /// Refuses a repeat of what is still in flight with this reason.
  public Claim ifInFlight(Reason reason) {
    return with(key, limit, kept, reason, ifDelivered, block, whenGone);
  }

  /// Refuses who was refused once for that long, whatever there would be meanwhile. Asking again
  /// makes it no longer.
  public Claim blocking(Duration length) {
    return with(key, limit, kept, inFlight, ifDelivered, length, whenGone);
  }

  /// Says of this claim alone what becomes of it while what is shared cannot be reached; null
  /// leaves
  /// it to what is set for all.
  public Claim whenGone(@Nullable WhenGone behaviour) {
    return with(key, limit, kept, inFlight, ifDelivered, block, behaviour);
  }

  /// Tells callers of the limit, as a member of `RateLimit-Policy`.
  public Claim told(String as) {
    return new Claim(
        key,
        member,
        kind,
        amount,
        limit,
        window,
        kept,
        refused,
        inFlight,
        ifDelivered,
        block,
        whenGone,
        as);
  }

  /// The same claim of another limit.
  public Claim limitedTo(long other) {
    return with(key, other, kept, inFlight, ifDelivered, block, whenGone);
  }

  /// The same claim in a namespace of its own, for guards in observe: they consume nothing of the
  /// enforcing ones.
  public Claim observed() {
    return with(OBSERVED + key, limit, kept, inFlight, ifDelivered, block, whenGone);
  }

  /// Whether it is claimed in observe, where nothing depends on it.
  public boolean isObserved() {
    return key.startsWith(OBSERVED);
  }

  private Claim kept(Kept other) {
    return with(key, limit, other, inFlight, ifDelivered, block, whenGone);
  }

  private Claim with(
      String key,
      long limit,
      Kept kept,
      @Nullable Reason inFlight,
      @Nullable Reply ifDelivered,
      Duration block,
      @Nullable WhenGone whenGone) {
    return new Claim(
        key,
        member,
        kind,
        amount,
        limit,
        window,
        kept,
        refused,
        inFlight,
        ifDelivered,
        block,
        whenGone,
        policy);
  }
}
