package dev.gatewarden.gateway.transport.framing;

import java.nio.charset.StandardCharsets;

/// Reads what `Host`, `:authority` and an absolute target may say: a name, an IPv4 address or a
/// bracketed IPv6 address, and perhaps a port.
///
/// Stricter than RFC 3986: no user information, no percent-encoding, no sub-delimiters; nothing
/// real has them.
public final class Authorities {
  private Authorities() {}

  public static boolean valid(CharSequence authority) {
    byte[] bytes = authority.toString().getBytes(StandardCharsets.UTF_8);
    return valid(bytes, 0, bytes.length);
  }

  static boolean valid(byte[] a, int from, int to) {
    int i = from;
    if (i < to && a[i] == '[') {
      i = bracketed(a, from + 1, to);
    } else {
      while (i < to && named(a[i])) {
        i++;
      }
    }
    if (i <= from || i - from > 255) {
      return false;
    }
    return i == to || a[i] == ':' && port(a, i + 1, to);
  }

  /// Whether two authorities are the same, whatever their case (RFC 3986, section 6.2.2.1).
  static boolean same(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    if (aTo - aFrom != bTo - bFrom) {
      return false;
    }
    for (int i = 0; i < aTo - aFrom; i++) {
      if (Chars.lower(a[aFrom + i]) != Chars.lower(b[bFrom + i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean named(byte b) {
    int lower = b | 0x20;
    return lower >= 'a' && lower <= 'z'
        || Chars.digit(b)
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  private static int bracketed(byte[] a, int from, int to) {
    int i = from;
    while (i < to && (Chars.hex(a[i]) >= 0 || a[i] == ':' || a[i] == '.')) {
      i++;
    }
    return i < to && a[i] == ']' && i - from >= 2 && i - from <= 45 ? i + 1 : -1;
  }

  private static boolean port(byte[] a, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      if (!Chars.digit(a[i]) || i - from >= 5) {
        return false;
      }
      value = value * 10 + a[i] - '0';
    }
    return to > from && value <= 65535;
  }
}
