package dev.gatewarden.core.canon;

/// The classes of ASCII characters that the readers tell apart (RFC 3986, section 2).
final class Characters {
  private static final byte PATH = 1;
  private static final byte QUERY = 2;
  private static final byte HOST = 4;
  private static final byte TOKEN = 8;
  private static final byte COOKIE = 16;
  private static final byte[] CLASSES = new byte[128];
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  static {
    for (int c = 0; c < 128; c++) {
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        CLASSES[c] = PATH | QUERY | TOKEN | COOKIE;
      } else if (c > ' ' && c < 127 && c != '"' && c != ',' && c != ';' && c != '\\') {
        CLASSES[c] = COOKIE;
      }
      if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
        CLASSES[c] |= HOST;
      }
    }
    mark("-._~!$&'()*,=:@", PATH);
    mark("-._~!$'()*,:@/?", QUERY);
    mark("-_", HOST);
    mark("!#$%&'*+-.^_`|~", TOKEN);
  }

  private Characters() {}

  private static void mark(String characters, byte as) {
    for (int i = 0; i < characters.length(); i++) {
      CLASSES[characters.charAt(i)] |= as;
    }
  }

  /// Stands in a canonical path segment as it is.
  static boolean isPath(char c) {
    return c < 128 && (CLASSES[c] & PATH) != 0;
  }

  /// Stands in a canonical query as it is; `=` does so in values alone.
  static boolean isQuery(char c) {
    return c < 128 && (CLASSES[c] & QUERY) != 0;
  }

  /// Stands in a lower-case host label.
  static boolean isHost(char c) {
    return c < 128 && (CLASSES[c] & HOST) != 0;
  }

  /// Stands in a token (RFC 9110, section 5.6.2).
  static boolean isToken(char c) {
    return c < 128 && (CLASSES[c] & TOKEN) != 0;
  }

  /// Stands in a cookie's value (RFC 6265, section 4.1.1).
  static boolean isCookie(char c) {
    return c < 128 && (CLASSES[c] & COOKIE) != 0;
  }

  /// The value of a hexadecimal digit, or -1.
  static int hex(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int letter = (c | 32) - 'a';
    return c < 128 && letter >= 0 && letter < 6 ? letter + 10 : -1;
  }

  /// Whether the percent sign at a place begins an escape.
  static boolean isEscape(String text, int at) {
    return at + 2 < text.length() && hex(text.charAt(at + 1)) >= 0 && hex(text.charAt(at + 2)) >= 0;
  }

  static void escape(byte b, StringBuilder to) {
    to.append('%').append(HEX[b >> 4 & 15]).append(HEX[b & 15]);
  }
}
