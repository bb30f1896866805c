package dev.gatewarden.core.address;

import org.jspecify.annotations.Nullable;

/// The textual forms of an address: dotted (RFC 6943, section 3.1.1, strict form) and colons (RFC
/// 4291, section 2.2).
final class IpText {
  private IpText() {}

  static @Nullable Ip v4(String text) {
    long bits = v4Bits(text);
    return bits < 0 ? null : Ip.v4(bits);
  }

  private static long v4Bits(String text) {
    long bits = 0;
    int parts = 0;
    int at = 0;
    while (true) {
      int end = text.indexOf('.', at);
      int part = octet(text, at, end < 0 ? text.length() : end);
      if (part < 0) {
        return -1;
      }
      bits = bits << 8 | part;
      parts++;
      if (end < 0) {
        return parts == 4 ? bits : -1;
      }
      at = end + 1;
    }
  }

  private static int octet(String text, int from, int to) {
    int length = to - from;
    if (length < 1 || length > 3 || (length > 1 && text.charAt(from) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value > 255 ? -1 : value;
  }

  static @Nullable Ip v6(String text) {
    String tail = text;
    int[] groups = new int[8];
    int dots = text.lastIndexOf(':');
    if (text.indexOf('.') >= 0) {
      long bits = v4Bits(text.substring(dots + 1));
      if (bits < 0) {
        return null;
      }
      tail =
          text.substring(0, dots + 1)
              + Long.toHexString(bits >>> 16)
              + ":"
              + Long.toHexString(bits & 0xFFFF);
    }
    int gap = tail.indexOf("::");
    if (gap >= 0 && tail.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    int[] head = groupsOf(gap < 0 ? tail : tail.substring(0, gap));
    int[] rest = gap < 0 ? new int[0] : groupsOf(tail.substring(gap + 2));
    if (head == null || rest == null) {
      return null;
    }
    int count = head.length + rest.length;
    if (gap < 0 ? count != 8 : count > 7) {
      return null;
    }
    System.arraycopy(head, 0, groups, 0, head.length);
    System.arraycopy(rest, 0, groups, 8 - rest.length, rest.length);
    return new Ip(join(groups, 0), join(groups, 4));
  }

  private static int @Nullable [] groupsOf(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] parts = text.split(":", -1);
    int[] groups = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      if (part.isEmpty() || part.length() > 4 || parts.length > 8) {
        return null;
      }
      int value = 0;
      for (int c = 0; c < part.length(); c++) {
        char digit = part.charAt(c);
        if (digit > 'f' || Character.digit(digit, 16) < 0) {
          return null;
        }
        value = value << 4 | Character.digit(digit, 16);
      }
      groups[i] = value;
    }
    return groups;
  }

  private static long join(int[] groups, int from) {
    long word = 0;
    for (int i = from; i < from + 4; i++) {
      word = word << 16 | groups[i];
    }
    return word;
  }

  static String write(Ip ip) {
    if (ip.isV4()) {
      long low = ip.low();
      return (low >>> 24 & 0xFF)
          + "."
          + (low >>> 16 & 0xFF)
          + "."
          + (low >>> 8 & 0xFF)
          + "."
          + (low & 0xFF);
    }
    int[] groups = new int[8];
    for (int i = 0; i < 4; i++) {
      groups[i] = (int) (ip.high() >>> (48 - 16 * i) & 0xFFFF);
      groups[4 + i] = (int) (ip.low() >>> (48 - 16 * i) & 0xFFFF);
    }
    return compress(groups);
  }

  private static String compress(int[] groups) {
    int best = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && groups[end] == 0) {
        end++;
      }
      if (end - i > bestLength) {
        best = i;
        bestLength = end - i;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        text.append("::");
        i += bestLength - 1;
      } else {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
          text.append(':');
        }
        text.append(Integer.toHexString(groups[i]));
      }
    }
    return text.toString();
  }
}
