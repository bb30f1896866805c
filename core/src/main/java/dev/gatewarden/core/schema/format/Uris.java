package dev.gatewarden.core.schema.format;

/// URIs and IRIs (RFC 3986, RFC 3987), and templates of them (RFC 6570).
public final class Uris {

  private Uris() {}

  /// An absolute URI, with or without a fragment.
  public static boolean uri(byte[] b, int from, int to) {
    int colon = scheme(b, from, to);
    return colon > 0 && rest(b, colon + 1, to, false);
  }

  /// A URI, or what is relative to one.
  public static boolean uriReference(byte[] b, int from, int to) {
    return reference(b, from, to, false);
  }

  /// An absolute IRI, with or without a fragment.
  public static boolean iri(byte[] b, int from, int to) {
    int colon = scheme(b, from, to);
    return colon > 0 && rest(b, colon + 1, to, true);
  }

  /// An IRI, or what is relative to one.
  public static boolean iriReference(byte[] b, int from, int to) {
    return reference(b, from, to, true);
  }

  private static boolean reference(byte[] b, int from, int to, boolean wide) {
    int colon = scheme(b, from, to);
    if (colon > 0) {
      return rest(b, colon + 1, to, wide);
    }
    for (int i = from; i < to && b[i] != '/' && b[i] != '?' && b[i] != '#'; i++) {
      if (b[i] == ':') {
        return false;
      }
    }
    return rest(b, from, to, wide);
  }

  /// The colon behind a scheme (section 3.1), or -1.
  private static int scheme(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      int letter = b[i] | 0x20;
      if (letter >= 'a' && letter <= 'z') {
        continue;
      }
      if (i > from && b[i] == ':') {
        return i;
      }
      boolean other = (b[i] >= '0' && b[i] <= '9') || b[i] == '+' || b[i] == '-' || b[i] == '.';
      if (i == from || !other) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean rest(byte[] b, int from, int to, boolean wide) {
    int at = from;
    if (to - at >= 2 && b[at] == '/' && b[at + 1] == '/') {
      at += 2;
      int end = at;
      while (end < to && b[end] != '/' && b[end] != '?' && b[end] != '#') {
        end++;
      }
      if (!authority(b, at, end, wide)) {
        return false;
      }
      at = end;
    }
    boolean query = false;
    boolean fragment = false;
    while (at < to) {
      byte c = b[at];
      if (c == '#') {
        if (fragment) {
          return false;
        }
        fragment = true;
        at++;
      } else if (c == '?' && !fragment) {
        query = true;
        at++;
      } else {
        boolean extra = c == ':' || c == '@' || c == '/' || c == '?' && (query || fragment);
        at = extra ? at + 1 : character(b, at, to, wide, query && !fragment);
        if (at < 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean authority(byte[] b, int from, int to, boolean wide) {
    int at = from;
    for (int i = from; i < to; i++) {
      if (b[i] == '@') {
        for (int k = from; k < i; ) {
          k = b[k] == ':' ? k + 1 : character(b, k, i, wide, false);
          if (k < 0) {
            return false;
          }
        }
        at = i + 1;
        break;
      }
    }
    int port = at;
    if (at < to && b[at] == '[') {
      int end = at;
      while (end < to && b[end] != ']') {
        end++;
      }
      if (end == to || !literal(b, at + 1, end)) {
        return false;
      }
      port = end + 1;
    } else {
      while (port < to && b[port] != ':') {
        port = character(b, port, to, wide, false);
        if (port < 0) {
          return false;
        }
      }
    }
    if (port < to && b[port++] != ':') {
      return false;
    }
    for (; port < to; port++) {
      if (b[port] < '0' || b[port] > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean literal(byte[] b, int from, int to) {
    if (from < to && (b[from] | 0x20) == 'v') {
      int at = from + 1;
      while (at < to && Character.digit(b[at], 16) >= 0) {
        at++;
      }
      if (at == from + 1 || at + 1 >= to || b[at] != '.') {
        return false;
      }
      for (at++; at < to; at++) {
        if (b[at] != ':' && !plain(b[at])) {
          return false;
        }
      }
      return true;
    }
    return Addresses.ipv6(b, from, to);
  }

  /// Behind one character of `pchar` without `:` and `@`, or -1.
  private static int character(byte[] b, int at, int to, boolean wide, boolean query) {
    if (b[at] == '%') {
      boolean hex =
          at + 2 < to && Character.digit(b[at + 1], 16) >= 0 && Character.digit(b[at + 2], 16) >= 0;
      return hex ? at + 3 : -1;
    }
    if (b[at] >= 0) {
      return plain(b[at]) ? at + 1 : -1;
    }
    int point = Utf8.point(b, at);
    return wide && ucs(point, query) ? at + Utf8.length(point) : -1;
  }

  /// `unreserved` and `sub-delims`.
  private static boolean plain(byte c) {
    return Addresses.letterOrDigit(c) || "-._~!$&'()*+,;=".indexOf(c) >= 0;
  }

  /// `ucschar`, and in queries `iprivate` (RFC 3987, section 2.2).
  private static boolean ucs(int point, boolean query) {
    if (point >= 0xE000 && point <= 0xF8FF || point >= 0xF0000) {
      return query && (point & 0xFFFE) != 0xFFFE;
    }
    return point >= 0xA0
        && (point & 0xFFFE) != 0xFFFE
        && !(point >= 0xFDD0 && point <= 0xFDEF)
        && !(point >= 0xFFF0 && point <= 0xFFFF)
        && !(point >= 0xE0000 && point <= 0xE0FFF);
  }

  /// RFC 6570, section 2.
  public static boolean template(byte[] b, int from, int to) {
    int at = from;
    while (at < to) {
      byte c = b[at];
      if (c == '{') {
        int end = at + 1;
        while (end < to && b[end] != '}') {
          end++;
        }
        if (end == to || !expression(b, at + 1, end)) {
          return false;
        }
        at = end + 1;
      } else if (c == '%') {
        at = character(b, at, to, true, true);
        if (at < 0) {
          return false;
        }
      } else if (c >= 0 && (c <= ' ' || c == 127 || "\"<>\\^`|}".indexOf(c) >= 0)) {
        return false;
      } else {
        at++;
      }
    }
    return true;
  }

  private static boolean expression(byte[] b, int from, int to) {
    int at = from;
    if (at < to && "+#./;?&=,!@|".indexOf(b[at]) >= 0) {
      at++;
    }
    while (true) {
      int start = at;
      while (at < to && b[at] != ',') {
        at++;
      }
      if (!variable(b, start, at)) {
        return false;
      }
      if (at == to) {
        return true;
      }
      at++;
    }
  }

  private static boolean variable(byte[] b, int from, int stop) {
    int to = stop;
    for (int i = from; i < to; i++) {
      if (b[i] == ':') {
        if (to - i < 2 || to - i > 5 || b[i + 1] == '0') {
          return false;
        }
        for (int k = i + 1; k < to; k++) {
          if (b[k] < '0' || b[k] > '9') {
            return false;
          }
        }
        to = i;
      }
    }
    if (to == stop && to > from && b[to - 1] == '*') {
      to--;
    }
    if (from == to || b[from] == '.' || b[to - 1] == '.') {
      return false;
    }
    for (int at = from; at < to; ) {
      if (b[at] == '%') {
        at = character(b, at, to, false, false);
        if (at < 0) {
          return false;
        }
      } else if (Addresses.letterOrDigit(b[at])
          || b[at] == '_'
          || (b[at] == '.' && b[at - 1] != '.')) {
        at++;
      } else {
        return false;
      }
    }
    return true;
  }
}
