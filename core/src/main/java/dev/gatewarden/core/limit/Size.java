package dev.gatewarden.core.limit;

import java.util.Locale;

/// A number of bytes, written `1MiB`.
public record Size(long bytes) {

  /// The number of bytes that a text writes.
  ///
  /// @throws IllegalArgumentException when the text is no number of bytes
  public static Size parse(String text) {
    long bytes = spelled(text);
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "`" + text + "` is no size; write a number and a unit, `64KiB` or `1MiB`");
    }
    return new Size(bytes);
  }

  @Override
  public String toString() {
    if (bytes != 0 && bytes % (1 << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes != 0 && bytes % (1 << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes != 0 && bytes % (1 << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }

  /// The number of bytes a text spells, or -1: a whole number and `B`, `KiB`, `MiB`, `GiB`, `kB`,
  /// `MB` or `GB`.
  private static long spelled(String text) {
    int digits = digits(text);
    if (digits == 0) {
      return -1;
    }
    long amount = Long.parseLong(text, 0, digits, 10);
    return switch (text.substring(digits).strip().toLowerCase(Locale.ROOT)) {
      case "b" -> amount;
      case "kib" -> amount << 10;
      case "mib" -> amount << 20;
      case "gib" -> amount << 30;
      case "kb" -> amount * 1_000;
      case "mb" -> amount * 1_000_000;
      case "gb" -> amount * 1_000_000_000;
      default -> -1;
    };
  }

  /// How many digits a text begins with; 0 as well when there are more than nine, so that no unit
  /// overflows.
  private static int digits(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at > 9 ? 0 : at;
  }
}
