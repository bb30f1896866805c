package dev.gatewarden.core.document;

/// The shape of UTF-8 (RFC 3629): shortest forms only, no surrogates, nothing beyond U+10FFFF.
final class Utf8 {
  private Utf8() {}

  /// How many bytes the character at that position has, or 0 when there is none.
  static int sequence(byte[] text, int at) {
    int first = text[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    if (first < 0xC2 || first > 0xF4) {
      return 0;
    }
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (at + length > text.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = text[at + 1] & 0xFF;
    boolean sound =
        switch (first) {
          case 0xE0 -> second >= 0xA0;
          case 0xED -> second < 0xA0;
          case 0xF0 -> second >= 0x90;
          case 0xF4 -> second < 0x90;
          default -> true;
        };
    return sound ? length : 0;
  }

  /// The character of a sound sequence of that length.
  static int codePoint(byte[] text, int at, int length) {
    int point = length == 1 ? text[at] : text[at] & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      point = point << 6 | (text[at + i] & 0x3F);
    }
    return point;
  }
}
