package dev.gatewarden.gateway.transport.framing;

/// Reads a content length: digits and nothing else (RFC 9112, section 6.2).
final class Lengths {
  static final long MALFORMED = -1;
  static final long TOO_LONG = -2;

  private Lengths() {}

  static long read(byte[] a, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      if (!Chars.digit(a[i])) {
        return MALFORMED;
      }
      value = value >= 100_000_000_000_000_000L ? Long.MAX_VALUE : value * 10 + a[i] - '0';
    }
    if (to == from) {
      return MALFORMED;
    }
    return to - from > 18 || value == Long.MAX_VALUE ? TOO_LONG : value;
  }
}
