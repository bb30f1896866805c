package dev.gatewarden.core.opaque;

/// The text of a UUID (RFC 9562, section 4), of 128 bits whatever they mean.
final class UuidText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int LENGTH = 36;

  private UuidText() {}

  static String of(long high, long low) {
    char[] text = new char[LENGTH];
    int at = 0;
    for (int i = 0; i < 32; i++) {
      if (isDash(at)) {
        text[at++] = '-';
      }
      long half = i < 16 ? high : low;
      text[at++] = HEX[(int) (half >>> (60 - 4 * (i & 15))) & 15];
    }
    return new String(text);
  }

  /// Reads one; capital letters count as small ones, as the RFC has it.
  ///
  /// @param to where the two halves go
  /// @return whether the text is one
  static boolean read(String text, long[] to) {
    if (text.length() != LENGTH) {
      return false;
    }
    long high = 0;
    long low = 0;
    int digits = 0;
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if (isDash(i)) {
        if (c != '-') {
          return false;
        }
        continue;
      }
      int digit = digit(c);
      if (digit < 0) {
        return false;
      }
      if (digits++ < 16) {
        high = high << 4 | digit;
      } else {
        low = low << 4 | digit;
      }
    }
    to[0] = high;
    to[1] = low;
    return true;
  }

  private static int digit(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int small = c | 0x20;
    return c < 128 && small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
  }

  private static boolean isDash(int at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
  }
}
