package dev.gatewarden.gateway.transport.upstream;

import dev.gatewarden.gateway.pipeline.Resilience;
import io.netty.handler.codec.http.HttpHeaders;

/// How long to wait before a request is tried again.
final class Backoff {
  private static final int MOST_DOUBLINGS = 20;
  private static final long UNSAID = -1;

  private Backoff() {}

  /// Full jitter: anything up to a bound that doubles, so that those who failed together do not
  /// come again together.
  ///
  /// @param before how often it was tried again already
  /// @param random from 0 to below 1
  /// @return nanoseconds
  static long nanos(Resilience.Retry retry, int before, double random) {
    long doubled = retry.pause().toNanos() << Math.min(before, MOST_DOUBLINGS);
    long most = doubled < 0 ? Long.MAX_VALUE : doubled;
    return (long) (Math.min(most, retry.longest().toNanos()) * random);
  }

  /// What a service asks for (RFC 9110, section 10.2.3).
  ///
  /// @return nanoseconds; 0 where it asks for nothing, `Long.MAX_VALUE` where it is not understood
  ///     or names a day
  static long asked(HttpHeaders headers) {
    String text = headers.get("retry-after");
    if (text == null) {
      return 0;
    }
    long seconds = seconds(text);
    return seconds == UNSAID ? Long.MAX_VALUE : seconds * 1_000_000_000L;
  }

  private static long seconds(String text) {
    if (text.isEmpty() || text.length() > 9) {
      return UNSAID;
    }
    long seconds = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return UNSAID;
      }
      seconds = seconds * 10 + c - '0';
    }
    return seconds;
  }
}
