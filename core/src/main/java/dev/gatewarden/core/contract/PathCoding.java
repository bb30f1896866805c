package dev.gatewarden.core.contract;

import java.nio.charset.StandardCharsets;

/// Percent-encoding of what a contract writes in its paths (RFC 3986, section 2.1).
final class PathCoding {
  private PathCoding() {}

  private static final String HEX = "0123456789ABCDEF";
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*,=:@";

  /// The text as a canonical path spells it: what is not plain is percent-encoded in upper case.
  static String encoded(String text) {
    StringBuilder to = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && PLAIN.indexOf(b) >= 0) {
        to.append((char) b);
      } else {
        to.append('%').append(HEX.charAt(b >> 4 & 15)).append(HEX.charAt(b & 15));
      }
    }
    return to.toString();
  }

  /// Every sound `%xx` decoded as UTF-8; a `%` that begins none stands for itself.
  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    byte[] to = new byte[from.length];
    int length = 0;
    for (int i = 0; i < from.length; i++) {
      int high = from[i] == '%' && i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(from[i + 2], 16);
      if (low < 0) {
        to[length++] = from[i];
      } else {
        to[length++] = (byte) (high << 4 | low);
        i += 2;
      }
    }
    return new String(to, 0, length, StandardCharsets.UTF_8);
  }
}
