package dev.gatewarden.core.canon.json;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as ECMAScript writes them (RFC 8785, section 3.2.2.3; ECMA-262, Number::toString).
final class CanonicalNumber {
  private static final int LONGEST = 1_000;
  private static final int MOST_EXPONENT_DIGITS = 15;

  private CanonicalNumber() {}

  /// The canonical form of a literal; null where a double cannot hold it.
  static @Nullable String of(String literal) {
    if (literal.length() > LONGEST) {
      return null;
    }
    double value = Double.parseDouble(literal);
    return Double.isInfinite(value) ? null : of(value);
  }

  static String of(double value) {
    if (value == 0) {
      return "0";
    }
    String sign = value < 0 ? "-" : "";
    String text = Double.toString(Math.abs(value));
    int e = text.indexOf('E');
    String mantissa = e < 0 ? text : text.substring(0, e);
    int point = mantissa.indexOf('.');
    int exponent = (e < 0 ? 0 : Integer.parseInt(text, e + 1, text.length(), 10)) + point;
    String digits = mantissa.substring(0, point) + mantissa.substring(point + 1);
    int first = 0;
    while (digits.charAt(first) == '0') {
      first++;
    }
    int last = digits.length();
    while (digits.charAt(last - 1) == '0') {
      last--;
    }
    digits = digits.substring(first, last);
    exponent -= first;
    if (digits.length() == 2) {
      BigDecimal shorter = shorter(Math.abs(value), digits, exponent);
      if (shorter != null) {
        digits = shorter.unscaledValue().toString();
        exponent = digits.length() - shorter.scale();
      }
    }
    return sign + written(digits, exponent);
  }

  /// Java never writes fewer than two digits; where one would do, the one nearest to the value.
  private static @Nullable BigDecimal shorter(double value, String digits, int exponent) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal best = null;
    for (int digit = digits.charAt(0) - '0', i = 0; i < 2; i++) {
      BigDecimal candidate = BigDecimal.valueOf(digit + i, 1 - exponent).stripTrailingZeros();
      boolean nearer =
          best == null || candidate.subtract(exact).abs().compareTo(best.subtract(exact).abs()) < 0;
      if (candidate.signum() > 0 && candidate.doubleValue() == value && nearer) {
        best = candidate;
      }
    }
    return best;
  }

  /// @param exponent how many digits stand before the point
  private static String written(String digits, int exponent) {
    int count = digits.length();
    if (count <= exponent && exponent <= 21) {
      return digits + "0".repeat(exponent - count);
    }
    if (exponent > 0 && exponent <= 21) {
      return digits.substring(0, exponent) + "." + digits.substring(exponent);
    }
    if (exponent > -6 && exponent <= 0) {
      return "0." + "0".repeat(-exponent) + digits;
    }
    int power = exponent - 1;
    String fraction = count == 1 ? "" : "." + digits.substring(1);
    return digits.charAt(0) + fraction + "e" + (power < 0 ? "-" : "+") + Math.abs(power);
  }

  /// A form in which numbers are equal where their values are, however far beyond a double; null
  /// for exponents beyond what anybody means. It takes as long as the literal is.
  static @Nullable String exact(String literal) {
    boolean negative = literal.startsWith("-");
    int e = Math.max(literal.indexOf('e'), literal.indexOf('E'));
    int end = e < 0 ? literal.length() : e;
    int point = literal.indexOf('.');
    String whole = literal.substring(negative ? 1 : 0, point < 0 ? end : point);
    String digits = point < 0 ? whole : whole + literal.substring(point + 1, end);
    int first = 0;
    while (first < digits.length() && digits.charAt(first) == '0') {
      first++;
    }
    if (first == digits.length()) {
      return "0";
    }
    int last = digits.length();
    while (digits.charAt(last - 1) == '0') {
      last--;
    }
    Long exponent = e < 0 ? Long.valueOf(0) : exponent(literal, e + 1);
    return exponent == null
        ? null
        : (negative ? "-" : "")
            + digits.substring(first, last)
            + "e"
            + (exponent + whole.length() - last);
  }

  private static @Nullable Long exponent(String literal, int from) {
    int at = literal.charAt(from) == '+' || literal.charAt(from) == '-' ? from + 1 : from;
    while (at < literal.length() - 1 && literal.charAt(at) == '0') {
      at++;
    }
    if (literal.length() - at > MOST_EXPONENT_DIGITS) {
      return null;
    }
    long value = Long.parseLong(literal, at, literal.length(), 10);
    return literal.charAt(from) == '-' ? -value : value;
  }
}
