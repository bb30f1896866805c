package dev.gatewarden.app.configuration;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a service in trouble is spared, and callers and other APIs with it.
public final class Sparing {
  private Sparing() {}

  /// How many requests may be at a service at the same time; one more waits a moment, or gets 503
  /// with `Retry-After`. A service that hangs takes no more than this from the others.
  ///
  /// @param calls at all its addresses together
  /// @param eachPlace at one address
  /// @param queue how many more may wait for one of those to end
  /// @param patience how long they do; `0s` for not at all
  public record AtOnce(
      @Default("1000") int calls,
      @Default("1000") int eachPlace,
      @Default("100") int queue,
      @Default("250ms") Duration patience) {}

  /// When nobody is let through to a service that fails anyway: for the whole API, and for each of
  /// several addresses.
  ///
  /// A call has failed when there was no connection, no whole answer in time, or 502, 503 or 504.
  /// What is the caller's doing is not counted: time that the caller cut short, or a body that the
  /// caller did not send.
  ///
  /// @param failed the share of calls in percent that have failed when it opens
  /// @param slow the share of calls in percent that were slow when it opens
  /// @param slowAfter from when on a call is slow; none is when absent
  /// @param window over which calls are counted
  /// @param calls how many there are at least before their share says something
  /// @param rest how long nobody is let through; callers get 503 with `Retry-After`
  /// @param trials how many are let through then, all of which must go well
  @Word("none")
  public record Breaker(
      @Default("50") int failed,
      @Default("80") int slow,
      @Nullable Duration slowAfter,
      @Default("10s") Duration window,
      @Default("20") int calls,
      @Default("5s") Duration rest,
      @Default("3") int trials) {
    public static final Breaker NONE =
        new Breaker(101, 101, null, Duration.ofSeconds(10), 20, Duration.ofSeconds(5), 3);
  }

  /// What is tried again, at another address where there is one. Never more than the deadline
  /// allows, and never a body that is streamed.
  ///
  /// @param times how often one request is at most
  /// @param when after what
  /// @param pause the longest pause before the first time, which doubles with each; the pause is a
  ///     random part of it
  /// @param longest the longest pause at all
  /// @param budget the share of requests in percent that may be tried again within the breaker's
  ///     window
  /// @param spare how many may be whatever their share
  /// @param keyed whether the service heeds `Idempotency-Key` by itself: a request with a key that
  ///     the gate guards may come twice then
  @Word("none")
  public record Retry(
      @Default("1") int times,
      @OneOrMany @Default("unreached") List<When> when,
      @Default("50ms") Duration pause,
      @Default("1s") Duration longest,
      @Default("20") int budget,
      @Default("10") int spare,
      @Default("false") boolean keyed) {
    public static final Retry NONE =
        new Retry(0, List.of(), Duration.ofMillis(50), Duration.ofSeconds(1), 0, 0, false);
  }

  /// After what a request is tried again.
  public enum When {
    /// No connection could be made; nothing was sent, so that any request may be.
    UNREACHED,
    /// The connection ended before anything of an answer came: GET, HEAD, OPTIONS, PUT, DELETE.
    BROKEN_OFF,
    /// The answer was 502, 503 or 504, and `Retry-After` leaves time: GET, HEAD, OPTIONS.
    UNAVAILABLE
  }

  /// When one of several addresses is left out because its calls fail.
  ///
  /// @param after how many in a row have: no answer, or 5xx
  /// @param rest how long, the first time; each time in a row as long again, up to ten times
  /// @param most how many of the addresses at once, in percent
  /// @param slowStart how long it is given less than the others when it comes back
  @Word("none")
  public record Ejection(
      @Default("5") int after,
      @Default("30s") Duration rest,
      @Default("50") int most,
      @Default("10s") Duration slowStart) {
    public static final Ejection NONE =
        new Ejection(Integer.MAX_VALUE, Duration.ofSeconds(30), 0, Duration.ofSeconds(10));
  }

  /// How each address is asked whether it is well: by a GET, which 2xx answers then.
  ///
  /// @param path with its query, as it stands at the service
  /// @param every how often
  /// @param within the longest time for an answer
  /// @param up how many in a row must go well before it is well again
  /// @param down how many in a row must fail before it is not
  public record Health(
      String path,
      @Default("10s") Duration every,
      @Default("2s") Duration within,
      @Default("2") int up,
      @Default("3") int down) {}

  /// What is said of the service at one operation.
  ///
  /// @param deadline the time from forwarding until the response's head is there; as the API says
  ///     when absent
  /// @param whole the time for the whole exchange; as the API says when absent
  public record Timing(@Nullable Duration deadline, @Nullable Duration whole) {}
}
