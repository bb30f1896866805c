package dev.gatewarden.core.opaque;

/// Integers as ids write them: digits alone, no leading zero, up to 2^53 - 1.
final class WholeNumber {
  private static final long LARGEST = (1L << 53) - 1;
  private static final int DIGITS = 16;

  private WholeNumber() {}

  /// The number, or -1 where the text is none.
  static long read(String text) {
    int length = text.length();
    if (length == 0 || length > DIGITS || (length > 1 && text.charAt(0) == '0')) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value <= LARGEST ? value : -1;
  }
}
