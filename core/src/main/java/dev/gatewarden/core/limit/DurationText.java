package dev.gatewarden.core.limit;

import java.time.Duration;

/// A length of time as users write it: whole numbers with `ms`, `s`, `m`, `h` or `d`, the larger
/// first, `1h30m`.
public final class DurationText {
  private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

  private DurationText() {}

  /// The length a text spells.
  ///
  /// @throws IllegalArgumentException when it spells none, with a message for the user
  public static Duration parse(String text) {
    long total = 0;
    int at = 0;
    int last = -1;
    while (at < text.length() || last < 0) {
      int digits = at;
      while (digits < text.length() && isDigit(text.charAt(digits))) {
        digits++;
      }
      int end = digits;
      while (end < text.length() && !isDigit(text.charAt(end))) {
        end++;
      }
      int unit = unit(text.substring(digits, end));
      if (digits == at || digits - at > 9 || unit <= last) {
        throw new IllegalArgumentException(
            "`" + text + "` is no length of time, which is written like `90s`, `5m` or `1h30m`");
      }
      total =
          Math.addExact(
              total, Math.multiplyExact(Long.parseLong(text.substring(at, digits)), MILLIS[unit]));
      at = end;
      last = unit;
    }
    return Duration.ofMillis(total);
  }

  /// The shortest text of a length of whole milliseconds.
  public static String write(Duration length) {
    long rest = length.toMillis();
    if (rest == 0) {
      return "0s";
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < UNITS.length; i++) {
      if (rest >= MILLIS[i]) {
        text.append(rest / MILLIS[i]).append(UNITS[i]);
        rest %= MILLIS[i];
      }
    }
    return text.toString();
  }

  private static int unit(String name) {
    for (int i = 0; i < UNITS.length; i++) {
      if (UNITS[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
