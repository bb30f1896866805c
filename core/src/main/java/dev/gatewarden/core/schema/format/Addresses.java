package dev.gatewarden.core.schema.format;

/// Addresses of machines and people: IP, host names, mail.
public final class Addresses {

  private Addresses() {}

  /// Four decimal numbers without leading zeros (RFC 2673, section 3.2).
  public static boolean ipv4(byte[] b, int from, int to) {
    int at = from;
    for (int part = 0; part < 4; part++) {
      int start = at;
      int value = 0;
      while (at < to && at - start < 4 && b[at] >= '0' && b[at] <= '9') {
        value = value * 10 + b[at++] - '0';
      }
      if (at == start || value > 255 || (at - start > 1 && b[start] == '0')) {
        return false;
      }
      if (part < 3 && (at >= to || b[at++] != '.')) {
        return false;
      }
    }
    return at == to;
  }

  /// RFC 4291, section 2.2; without a zone.
  public static boolean ipv6(byte[] b, int from, int to) {
    int groups = 0;
    boolean gap = false;
    int at = from;
    if (to - from >= 2 && b[from] == ':') {
      if (b[from + 1] != ':') {
        return false;
      }
      gap = true;
      at += 2;
    }
    while (at < to) {
      int start = at;
      while (at < to && Character.digit(b[at], 16) >= 0 && b[at] > 0) {
        at++;
      }
      if (at < to && b[at] == '.') {
        return ipv4(b, start, to) && (gap ? groups + 2 < 8 : groups + 2 == 8);
      }
      if (at == start || at - start > 4 || ++groups > 8) {
        return false;
      }
      if (at == to) {
        break;
      }
      if (b[at++] != ':' || at == to) {
        return false;
      }
      if (b[at] == ':') {
        if (gap) {
          return false;
        }
        gap = true;
        at++;
      }
    }
    return gap ? groups < 8 : groups == 8;
  }

  /// Labels of letters, digits and inner hyphens (RFC 1123, section 2.1); at most 253 characters.
  ///
  /// What claims to be punycode must decode (RFC 5891, section 4.2).
  public static boolean hostname(byte[] b, int from, int to) {
    return hostname(b, from, to, true);
  }

  /// The same, whatever hyphens in the third and fourth place may claim.
  public static boolean plainHostname(byte[] b, int from, int to) {
    return hostname(b, from, to, false);
  }

  private static boolean hostname(byte[] b, int from, int to, boolean encodes) {
    if (to - from > 253 || to == from) {
      return false;
    }
    int label = from;
    for (int at = from; at <= to; at++) {
      if (at < to && b[at] != '.') {
        if (!letterOrDigit(b[at]) && b[at] != '-') {
          return false;
        }
        continue;
      }
      if (!label(b, label, at, encodes)) {
        return false;
      }
      label = at + 1;
    }
    return true;
  }

  private static boolean label(byte[] b, int from, int to, boolean encodes) {
    if (to == from || to - from > 63 || b[from] == '-' || b[to - 1] == '-') {
      return false;
    }
    boolean reserved = to - from > 3 && b[from + 2] == '-' && b[from + 3] == '-';
    if (!reserved || !encodes) {
      return true;
    }
    return (b[from] | 0x20) == 'x'
        && (b[from + 1] | 0x20) == 'n'
        && Punycode.label(b, from + 4, to);
  }

  /// `Mailbox` of RFC 5321, section 4.1.2: dot-string or quoted string, at a domain or an address
  /// literal.
  public static boolean email(byte[] b, int from, int to) {
    return mailbox(b, from, to, false);
  }

  /// `Mailbox` of RFC 6531, section 3.3: the same with characters beyond ASCII.
  public static boolean internationalEmail(byte[] b, int from, int to) {
    return mailbox(b, from, to, true);
  }

  private static boolean mailbox(byte[] b, int from, int to, boolean wide) {
    int at = from < to && b[from] == '"' ? quoted(b, from, to, wide) : dotted(b, from, to, wide);
    if (at <= from || at - from > 64 || at >= to - 1 || b[at] != '@') {
      return false;
    }
    int domain = at + 1;
    if (b[domain] == '[') {
      return b[to - 1] == ']' && literal(b, domain + 1, to - 1);
    }
    return wide ? wideHostname(b, domain, to) : hostname(b, domain, to);
  }

  private static boolean wideHostname(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] < 0) {
        return Hostnames.domain(b, from, to);
      }
    }
    return hostname(b, from, to);
  }

  private static int quoted(byte[] b, int from, int to, boolean wide) {
    int at = from + 1;
    while (at < to && b[at] != '"') {
      if (b[at] == '\\') {
        at++;
      }
      if (at >= to || (b[at] < 0 ? !wide : b[at] < ' ' || b[at] == 127)) {
        return -1;
      }
      at++;
    }
    return at < to ? at + 1 : -1;
  }

  private static int dotted(byte[] b, int from, int to, boolean wide) {
    int at = from;
    int atom = from;
    while (at < to && b[at] != '@') {
      if (b[at] == '.') {
        if (at == atom) {
          return -1;
        }
        atom = at + 1;
      } else if (b[at] < 0 ? !wide : !atext(b[at])) {
        return -1;
      }
      at++;
    }
    return at == atom ? -1 : at;
  }

  private static boolean atext(byte c) {
    return letterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".indexOf(c) >= 0;
  }

  private static boolean literal(byte[] b, int from, int to) {
    boolean six =
        to - from > 5
            && (b[from] | 0x20) == 'i'
            && (b[from + 1] | 0x20) == 'p'
            && (b[from + 2] | 0x20) == 'v'
            && b[from + 3] == '6'
            && b[from + 4] == ':';
    return six ? ipv6(b, from + 5, to) : ipv4(b, from, to);
  }

  static boolean letterOrDigit(byte c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
