package dev.gatewarden.core.canon;

import dev.gatewarden.core.address.Ip;

/// The host a caller addressed, in its one reading (RFC 9110, section 7.2; RFC 3986, section
/// 3.2.2).
///
/// @param name lower case: a name of ASCII labels, a dotted IPv4 address, or an IPv6 address in
///     brackets (RFC 5952)
/// @param port the port, or -1 where none was given
public record Host(String name, int port) {

  /// The host that an authority spells, or that it has no single reading.
  ///
  /// Refused: user names, percent-encoding, letters beyond ASCII (an international name comes as
  /// its A-labels), empty labels and a dot at the end, labels that begin or end with a hyphen,
  /// numbers that some libraries take for an address (`127.1`, `0x7f.0.0.1`, `2130706433`), zones,
  /// IPv4 addresses in IPv6 clothes, and ports that are empty, zero-led or out of range.
  public static OneReading<Host> read(String authority) {
    boolean bracketed = !authority.isEmpty() && authority.charAt(0) == '[';
    int end = bracketed ? authority.indexOf(']') + 1 : authority.indexOf(':');
    if (bracketed && end == 0) {
      return refused();
    }
    end = end < 0 ? authority.length() : end;
    int port = end == authority.length() ? -1 : port(authority, end);
    if (port == 0) {
      return refused();
    }
    String text = end == authority.length() ? authority : authority.substring(0, end);
    String name = bracketed ? literal(text) : name(text);
    return name.isEmpty() ? refused() : OneReading.of(new Host(name, port));
  }

  private static OneReading<Host> refused() {
    return OneReading.refused(Ambiguity.HOST);
  }

  /// The port behind the colon at a place, or 0 when it is none.
  private static int port(String authority, int colon) {
    int from = colon + 1;
    int digits = authority.length() - from;
    if (authority.charAt(colon) != ':'
        || digits < 1
        || digits > 5
        || authority.charAt(from) == '0') {
      return 0;
    }
    int port = 0;
    for (int i = from; i < authority.length(); i++) {
      int digit = authority.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return 0;
      }
      port = port * 10 + digit;
    }
    return port > 65535 ? 0 : port;
  }

  private static String literal(String bracketed) {
    String inside = bracketed.substring(1, bracketed.length() - 1);
    Ip ip = inside.indexOf(':') < 0 ? null : Ip.parse(inside);
    return ip == null || ip.isV4() ? "" : "[" + ip + "]";
  }

  private static String name(String text) {
    if (text.length() > 253) {
      return "";
    }
    boolean upper = false;
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      char c = i == text.length() ? '.' : text.charAt(i);
      if (c == '.') {
        if (!isLabel(text, begin, i)) {
          return "";
        }
        begin = i == text.length() ? begin : i + 1;
      } else if (c >= 'A' && c <= 'Z') {
        upper = true;
      } else if (!Characters.isHost(c)) {
        return "";
      }
    }
    String lower = upper ? lower(text) : text;
    return isNumeric(lower, begin) && Ip.parse(lower) == null ? "" : lower;
  }

  private static boolean isLabel(String text, int from, int to) {
    return to > from && to - from <= 63 && text.charAt(from) != '-' && text.charAt(to - 1) != '-';
  }

  /// Whether the last label looks like a number to some library: digits, or `0x` and hexadecimal
  /// digits (WHATWG URL, "ends in a number").
  private static boolean isNumeric(String text, int from) {
    boolean hexadecimal = text.startsWith("0x", from);
    for (int i = hexadecimal ? from + 2 : from; i < text.length(); i++) {
      int digit = Characters.hex(text.charAt(i));
      if (digit < 0 || (digit > 9 && !hexadecimal)) {
        return false;
      }
    }
    return true;
  }

  private static String lower(String text) {
    char[] lower = text.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] = (char) (lower[i] | 32);
      }
    }
    return new String(lower);
  }
}
