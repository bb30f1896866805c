package dev.gatewarden.core.identity;

import java.math.BigInteger;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// The text of an API key: `gwk_<environment>_<id>_<secret><check>`.
///
/// The beginning names the product and the environment, so that a scanner finds a leaked key and a
/// person sees where it opens something. The id, twelve characters, is no secret; the secret is 256
/// random bits in base 62, and the last six characters are the CRC-32 of everything before them, so
/// that neither a scanner nor the gate takes a chance likeness for a key. Nothing of the secret is
/// printed.
///
/// @param environment lower-case letters and digits, at most sixteen
/// @param id what a key is called in lists and lines
/// @param text the whole of it
public record KeyText(String environment, String id, String text) {
  /// What a scanner for leaked secrets looks for.
  public static final String EXPRESSION = "gwk_[a-z0-9]{1,16}_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}";

  /// How many random bits an id takes, as bytes.
  public static final int ID_BYTES = 9;

  /// How many random bytes a secret is.
  public static final int SECRET_BYTES = 32;

  private static final String PREFIX = "gwk_";
  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z0-9]{1,16}");
  private static final int LONGEST_ENVIRONMENT = 16;
  private static final int ID = 12;
  private static final int SECRET = 43;
  private static final int CHECK = 6;

  /// A new key of random bytes.
  ///
  /// @param random `ID_BYTES` for the id
  /// @param secret `SECRET_BYTES` for the secret
  /// @throws IllegalArgumentException when the environment is no such word
  public static KeyText of(String environment, byte[] random, byte[] secret) {
    if (!isEnvironment(environment)) {
      throw new IllegalArgumentException(
          "an environment is a word of lower-case letters and digits, at most 16");
    }
    if (random.length != ID_BYTES || secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("a key takes 9 random bytes and 32");
    }
    String id = digits(new BigInteger(1, random), ID + 1).substring(1);
    String open = PREFIX + environment + "_" + id + "_" + digits(new BigInteger(1, secret), SECRET);
    return new KeyText(environment, id, open + check(open, 0, open.length()));
  }

  /// Whether a word can name an environment.
  public static boolean isEnvironment(String word) {
    return ENVIRONMENT.matcher(word).matches();
  }

  /// Whether a text has the shape of a key, whatever its checksum says.
  public static boolean hasShape(String text) {
    return end(text, 0) == text.length();
  }

  /// The key a text is, or null: another shape, or a checksum that does not fit.
  public static @Nullable KeyText parse(String text) {
    return end(text, 0) == text.length() ? at(text, 0, text.length()) : null;
  }

  /// The first key that stands anywhere in a text, or null; what only looks like one is none.
  public static @Nullable KeyText in(String text) {
    for (int at = text.indexOf(PREFIX); at >= 0; at = text.indexOf(PREFIX, at + 1)) {
      int end = end(text, at);
      KeyText key = end < 0 ? null : at(text, at, end);
      if (key != null) {
        return key;
      }
    }
    return null;
  }

  private static @Nullable KeyText at(String text, int from, int end) {
    int check = end - CHECK;
    if (!text.startsWith(check(text, from, check), check)) {
      return null;
    }
    int id = end - CHECK - SECRET - 1 - ID;
    return new KeyText(
        text.substring(from + PREFIX.length(), id - 1),
        text.substring(id, id + ID),
        from == 0 && end == text.length() ? text : text.substring(from, end));
  }

  /// Behind the last character of what has the shape of a key, or -1.
  private static int end(String text, int from) {
    if (!text.startsWith(PREFIX, from)) {
      return -1;
    }
    int at = from + PREFIX.length();
    int mark = text.indexOf('_', at);
    if (mark <= at || mark - at > LONGEST_ENVIRONMENT) {
      return -1;
    }
    for (; at < mark; at++) {
      char c = text.charAt(at);
      if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9')) {
        return -1;
      }
    }
    int second = mark + 1 + ID;
    int end = second + 1 + SECRET + CHECK;
    return end <= text.length()
            && text.charAt(second) == '_'
            && isDigits(text, mark + 1, second)
            && isDigits(text, second + 1, end)
        ? end
        : -1;
  }

  private static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z')) {
        return false;
      }
    }
    return true;
  }

  private static String check(String text, int from, int to) {
    CRC32 crc = new CRC32();
    for (int i = from; i < to; i++) {
      crc.update(text.charAt(i));
    }
    char[] digits = new char[CHECK];
    long rest = crc.getValue();
    for (int i = CHECK - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
      rest /= DIGITS.length();
    }
    return new String(digits);
  }

  private static String digits(BigInteger number, int count) {
    BigInteger base = BigInteger.valueOf(DIGITS.length());
    char[] digits = new char[count];
    BigInteger rest = number;
    for (int i = count - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      digits[i] = DIGITS.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(digits);
  }

  /// Nothing of the secret.
  @Override
  public String toString() {
    return "KeyText[" + id + "]";
  }
}
