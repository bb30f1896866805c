package dev.gatewarden.gateway.transport.framing;

/// The character classes of RFC 9110 and RFC 9112, as tables over bytes.
final class Chars {
  private static final int TOKEN = 1;
  private static final int TARGET = 2;
  private static final int VALUE = 4;
  private static final byte[] CLASS = table();

  private Chars() {}

  /// A character of a method or a field name (RFC 9110, section 5.6.2).
  static boolean token(byte b) {
    return (CLASS[b & 0xFF] & TOKEN) != 0;
  }

  /// Printable ASCII without the space and without `#`, which no target sent over the wire has (RFC
  /// 9112, section 3.2).
  static boolean target(byte b) {
    return (CLASS[b & 0xFF] & TARGET) != 0;
  }

  /// A character of a field value: printable, space, tab or beyond ASCII (RFC 9110, section 5.5).
  static boolean value(byte b) {
    return (CLASS[b & 0xFF] & VALUE) != 0;
  }

  static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  /// The value of a hexadecimal digit, or -1.
  static int hex(byte b) {
    if (b >= '0' && b <= '9') {
      return b - '0';
    }
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /// Whether the bytes are the word, which is lower case, whatever their case.
  static boolean same(byte[] a, int from, int to, String word) {
    if (to - from != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (lower(a[from + i]) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xFF;
  }

  private static byte[] table() {
    byte[] table = new byte[256];
    for (int c = 0x21; c < 0x7F; c++) {
      table[c] = (byte) (c == '#' ? VALUE : TARGET | VALUE);
      boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
      if (letter || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) {
        table[c] |= TOKEN;
      }
    }
    for (int c = 0x80; c < 0x100; c++) {
      table[c] = VALUE;
    }
    table[' '] = VALUE;
    table['\t'] = VALUE;
    return table;
  }
}
