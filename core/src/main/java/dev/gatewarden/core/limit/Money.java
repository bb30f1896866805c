package dev.gatewarden.core.limit;

/// An amount of money in whole millionths of its unit, written `0.0025`: exact, whatever is added
/// up.
///
/// @param millionths from 0 to 9000000000000000, which every store counts exactly
public record Money(long millionths) {
  private static final int DECIMALS = 6;
  private static final int DIGITS = 9;

  public Money {
    if (millionths < 0 || millionths > 9_000_000_000_000_000L) {
      throw new IllegalArgumentException("an amount of money lies between `0` and `9000000000`");
    }
  }

  /// The amount a text writes.
  ///
  /// @throws IllegalArgumentException when it writes none, with a message for the user
  public static Money parse(String text) {
    int dot = text.indexOf('.');
    String whole = dot < 0 ? text : text.substring(0, dot);
    String part = dot < 0 ? "0" : text.substring(dot + 1);
    if (!digits(whole, DIGITS) || !digits(part, DECIMALS)) {
      throw new IllegalArgumentException(
          "`"
              + text
              + "` is no amount of money, which is written like `20.00` or `0.0025`, with at most "
              + DIGITS
              + " digits before the point and "
              + DECIMALS
              + " behind it");
    }
    long millionths = Long.parseLong(part + "0".repeat(DECIMALS - part.length()));
    return new Money(Long.parseLong(whole) * 1_000_000 + millionths);
  }

  private static boolean digits(String text, int most) {
    return !text.isEmpty()
        && text.length() <= most
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    String part = Long.toString(millionths % 1_000_000 + 1_000_000).substring(1);
    int end = part.length();
    while (end > 2 && part.charAt(end - 1) == '0') {
      end--;
    }
    return millionths / 1_000_000 + "." + part.substring(0, end);
  }
}
