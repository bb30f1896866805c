package dev.gatewarden.core.limit;

import java.util.Locale;

/// How often something may happen within a stretch of the calendar, written `10000/day`.
///
/// @param count at least 1
public record Quota(long count, Period per) {
  private static final int DIGITS = 12;

  public Quota {
    if (count < 1) {
      throw new IllegalArgumentException("`" + count + "` is no quota, which is at least 1");
    }
  }

  /// The quota a text spells.
  ///
  /// @throws IllegalArgumentException when it spells none, with a message for the user
  public static Quota parse(String text) {
    int slash = text.indexOf('/');
    String count = slash < 0 ? "" : text.substring(0, slash);
    if (!count.isEmpty()
        && count.length() <= DIGITS
        && count.chars().allMatch(c -> c >= '0' && c <= '9')) {
      for (Period period : Period.values()) {
        if (period.name().toLowerCase(Locale.ROOT).equals(text.substring(slash + 1))) {
          return new Quota(Long.parseLong(count), period);
        }
      }
    }
    throw new IllegalArgumentException(
        "`" + text + "` is no quota, which is written like `1000/hour`, `10000/day` or `1/month`");
  }

  @Override
  public String toString() {
    return count + "/" + per.name().toLowerCase(Locale.ROOT);
  }
}
