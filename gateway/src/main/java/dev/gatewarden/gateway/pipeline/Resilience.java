package dev.gatewarden.gateway.pipeline;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How one API's service is spared when it is in trouble, and its callers and the other APIs with
/// it.
///
/// @param health how its places are asked whether they are well; null where nobody asks
public record Resilience(
    AtOnce atOnce, Breaker breaker, Retry retry, Ejection ejection, @Nullable Health health) {
  private static final int UNBOUNDED = Integer.MAX_VALUE;

  public static final Resilience DEFAULT =
      new Resilience(AtOnce.DEFAULT, Breaker.DEFAULT, Retry.DEFAULT, Ejection.DEFAULT, null);

  /// How many requests may be at the service at the same time.
  ///
  /// @param calls at all its places together
  /// @param eachPlace at one of them
  /// @param queue how many more may wait for one of those to end
  /// @param patience how long they do
  public record AtOnce(int calls, int eachPlace, int queue, Duration patience) {
    public static final AtOnce DEFAULT = new AtOnce(1000, 1000, 100, Duration.ofMillis(250));
  }

  /// When nobody is let through to a service that fails anyway.
  ///
  /// @param failed the share of failed calls that opens it, in percent; above 100 for never
  /// @param slow the share of slow calls that opens it, in percent; above 100 for never
  /// @param slowAfter from when on a call is slow; zero where none is
  /// @param window over which calls are counted
  /// @param calls how many there are at least before their share says something
  /// @param rest how long nobody is let through
  /// @param trials how many are let through then, all of which must go well
  public record Breaker(
      int failed,
      int slow,
      Duration slowAfter,
      Duration window,
      int calls,
      Duration rest,
      int trials) {
    private static final int NEVER = 101;
    public static final Breaker DEFAULT =
        new Breaker(50, NEVER, Duration.ZERO, Duration.ofSeconds(10), 20, Duration.ofSeconds(5), 3);

    Breaker never() {
      return new Breaker(NEVER, NEVER, Duration.ZERO, window, calls, rest, trials);
    }
  }

  /// What is tried again.
  ///
  /// @param times how often one request is at most
  /// @param pause the longest pause before the first time; it doubles with each
  /// @param longest the longest pause at all
  /// @param budget the share of requests that may be tried again, in percent
  /// @param spare how many may be within a breaker's window whatever their share
  /// @param keyed whether the service heeds `Idempotency-Key` by itself, so that a request with a
  ///     key may come twice
  public record Retry(
      int times,
      Set<When> when,
      Duration pause,
      Duration longest,
      int budget,
      int spare,
      boolean keyed) {
    public static final Retry DEFAULT =
        new Retry(
            1,
            EnumSet.of(When.UNREACHED),
            Duration.ofMillis(50),
            Duration.ofSeconds(1),
            20,
            10,
            false);

    public Retry {
      when = Set.copyOf(when);
    }

    Retry unbounded() {
      return new Retry(times, when, pause, longest, 100 * Math.max(1, times), UNBOUNDED, keyed);
    }
  }

  /// After what a request is tried again.
  public enum When {
    /// No connection could be made: nothing was sent.
    UNREACHED,
    /// The connection ended before anything of an answer came.
    BROKEN_OFF,
    /// The answer was 502, 503 or 504.
    UNAVAILABLE
  }

  /// When a place is left out that fails while others do not.
  ///
  /// @param after how many calls in a row have failed
  /// @param rest how long, the first time; each time in a row as long again, up to ten times
  /// @param most how many of the places at once, in percent
  /// @param slowStart how long it is given less than the others when it comes back
  public record Ejection(int after, Duration rest, int most, Duration slowStart) {
    public static final Ejection DEFAULT =
        new Ejection(5, Duration.ofSeconds(30), 50, Duration.ofSeconds(10));

    Ejection never() {
      return new Ejection(UNBOUNDED, rest, 0, slowStart);
    }
  }

  /// How a place is asked whether it is well: by a GET that is answered by 2xx then.
  ///
  /// @param path with its query, in origin form
  /// @param within the longest time for an answer
  /// @param up how many in a row must go well before it is well again
  /// @param down how many in a row must fail before it is not
  public record Health(String path, Duration every, Duration within, int up, int down) {}

  /// Without some of its parts, which shows what is missed then: `bulkhead`, `breaker`,
  /// `retry-budget`, `ejection`, `health-check`.
  public Resilience without(Set<String> parts) {
    return parts.isEmpty()
        ? this
        : new Resilience(
            parts.contains("bulkhead")
                ? new AtOnce(UNBOUNDED, UNBOUNDED, 0, atOnce.patience())
                : atOnce,
            parts.contains("breaker") ? breaker.never() : breaker,
            parts.contains("retry-budget") ? retry.unbounded() : retry,
            parts.contains("ejection") ? ejection.never() : ejection,
            parts.contains("health-check") ? null : health);
  }
}
