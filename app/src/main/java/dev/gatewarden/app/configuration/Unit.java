package dev.gatewarden.app.configuration;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reading and writing numbers with a unit: `5s`, `1MiB`.
final class Unit {
  private Unit() {}

  /// The duration a text spells, or null when it spells none: a whole number and `ms`, `s`, `m`,
  /// `h` or `d`.
  static @Nullable Duration duration(String text) {
    int digits = digits(text);
    if (digits == 0) {
      return null;
    }
    long amount = Long.parseLong(text, 0, digits, 10);
    return switch (text.substring(digits)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> null;
    };
  }

  /// A duration as `duration` reads it, in the largest unit that loses nothing.
  static String text(Duration duration) {
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 86_400 == 0) {
      return seconds / 86_400 + "d";
    }
    if (seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  /// The number of bytes a text spells, or -1: a whole number and `B`, `KiB`, `MiB`, `GiB`, `kB`,
  /// `MB` or `GB`.
  static long bytes(String text) {
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
