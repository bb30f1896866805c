package dev.gatewarden.core.document;

import org.jspecify.annotations.Nullable;

/// What an unquoted word means under the core schema of YAML 1.2 (section 10.3.2).
final class YamlScalars {
  private static final int MOST_DIGITS = 1000;

  private YamlScalars() {}

  /// The value of the word, or null when it is a text.
  static @Nullable Node resolve(String word, Place place) {
    return switch (word) {
      case "", "~", "null", "Null", "NULL" -> new Node.Null(place);
      case "true", "True", "TRUE" -> new Node.Bool(place, true);
      case "false", "False", "FALSE" -> new Node.Bool(place, false);
      default -> {
        String literal = number(word);
        yield literal == null ? null : new Node.Num(place, literal);
      }
    };
  }

  static boolean integer(String literal) {
    return literal.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
  }

  /// The number as JSON would write it, or null. `.inf` and `.nan` stay words: JSON has no such
  /// numbers.
  private static @Nullable String number(String word) {
    char first = word.charAt(0);
    if (word.length() > MOST_DIGITS
        || (first != '-' && first != '+' && first != '.' && (first < '0' || first > '9'))) {
      return null;
    }
    if (word.startsWith("0o")) {
      return radix(word, 8);
    }
    if (word.startsWith("0x")) {
      return radix(word, 16);
    }
    return decimal(word);
  }

  private static @Nullable String radix(String word, int radix) {
    for (int i = 2; i < word.length(); i++) {
      if (word.charAt(i) == '-' || Character.digit(word.charAt(i), radix) < 0) {
        return null;
      }
    }
    return word.length() == 2
        ? null
        : new java.math.BigInteger(word.substring(2), radix).toString();
  }

  private static @Nullable String decimal(String word) {
    int at = word.charAt(0) == '-' || word.charAt(0) == '+' ? 1 : 0;
    int whole = at;
    at = digits(word, at);
    int wholeEnd = at;
    int fraction = at;
    int fractionEnd = at;
    if (at < word.length() && word.charAt(at) == '.') {
      fraction = at + 1;
      at = digits(word, fraction);
      fractionEnd = at;
    }
    if (whole == wholeEnd && fraction == fractionEnd) {
      return null;
    }
    String exponent = "";
    if (at < word.length() && (word.charAt(at) == 'e' || word.charAt(at) == 'E')) {
      int from = at + 1;
      int sign =
          from < word.length() && (word.charAt(from) == '-' || word.charAt(from) == '+')
              ? from + 1
              : from;
      at = digits(word, sign);
      if (at == sign || at - sign > 6) {
        return null;
      }
      exponent = "e" + word.substring(from, at);
    }
    if (at != word.length()) {
      return null;
    }
    return (word.charAt(0) == '-' ? "-" : "")
        + stripped(word.substring(whole, wholeEnd))
        + (fraction == fractionEnd ? "" : "." + word.substring(fraction, fractionEnd))
        + exponent;
  }

  private static String stripped(String digits) {
    int at = 0;
    while (at < digits.length() - 1 && digits.charAt(at) == '0') {
      at++;
    }
    return digits.isEmpty() ? "0" : digits.substring(at);
  }

  private static int digits(String word, int from) {
    int at = from;
    while (at < word.length() && word.charAt(at) >= '0' && word.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
