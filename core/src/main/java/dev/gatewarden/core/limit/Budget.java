package dev.gatewarden.core.limit;

import java.util.Locale;

/// How much money may be spent within a stretch of the calendar, written `20.00/month`.
///
/// @param most more than 0
public record Budget(Money most, Period per) {
  public Budget {
    if (most.millionths() < 1) {
      throw new IllegalArgumentException("`" + most + "` is no budget, which is more than `0`");
    }
  }

  /// The budget a text spells.
  ///
  /// @throws IllegalArgumentException when it spells none, with a message for the user
  public static Budget parse(String text) {
    int slash = text.indexOf('/');
    if (slash > 0) {
      for (Period period : Period.values()) {
        if (period.name().toLowerCase(Locale.ROOT).equals(text.substring(slash + 1))) {
          return new Budget(Money.parse(text.substring(0, slash)), period);
        }
      }
    }
    throw new IllegalArgumentException(
        "`" + text + "` is no budget, which is written like `20.00/month` or `1.50/day`");
  }

  @Override
  public String toString() {
    return most + "/" + per.name().toLowerCase(Locale.ROOT);
  }
}
