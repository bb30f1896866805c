package dev.gatewarden.core.document;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Percent-encoding as references use it (RFC 3986, section 2.1).
public final class PercentCoding {
  private PercentCoding() {}

  /// The text with every sound `%xx` decoded as UTF-8; a `%` that begins none stands for itself.
  public static String decoded(String text) {
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

  /// Whether an encoded path hides a dot, a slash, a backslash or NUL, so that another reader could
  /// see another path.
  static boolean hides(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return lower.contains("%2e")
        || lower.contains("%2f")
        || lower.contains("%5c")
        || lower.contains("%00")
        || lower.indexOf('\\') >= 0;
  }
}
