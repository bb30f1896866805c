package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Headers;
import java.util.List;

/// How long a caller says that it waits: `grpc-timeout`, as gRPC over HTTP/2 writes it.
final class CallerTimeout {
  static final String FIELD = "grpc-timeout";

  /// Nothing is said, or nothing that can be read in one way only.
  static final long UNSAID = -1;

  private static final int MOST_DIGITS = 8;
  private static final String UNITS = "numSMH";
  private static final long[] NANOS = {
    1, 1_000, 1_000_000, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L
  };

  private CallerTimeout() {}

  /// Nanoseconds from the request's beginning.
  static long of(Headers headers) {
    String first = headers.first(FIELD);
    if (first == null) {
      return UNSAID;
    }
    List<String> all = headers.all(FIELD);
    return all.size() == 1 ? read(first) : UNSAID;
  }

  private static long read(String text) {
    int digits = text.length() - 1;
    if (digits < 1 || digits > MOST_DIGITS) {
      return UNSAID;
    }
    int unit = UNITS.indexOf(text.charAt(digits));
    long value = 0;
    for (int i = 0; i < digits; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return UNSAID;
      }
      value = value * 10 + c - '0';
    }
    if (unit < 0) {
      return UNSAID;
    }
    return value > Long.MAX_VALUE / NANOS[unit] ? Long.MAX_VALUE : value * NANOS[unit];
  }

  /// What is left, in the finest unit that has room for it; never more than is left.
  static String text(long nanos) {
    int unit = 0;
    while (unit < NANOS.length - 1 && nanos / NANOS[unit] > 99_999_999) {
      unit++;
    }
    return Math.min(nanos / NANOS[unit], 99_999_999) + UNITS.substring(unit, unit + 1);
  }
}
