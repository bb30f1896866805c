package dev.gatewarden.core.canon.json;

import java.text.Normalizer;
import java.util.Locale;

/// The form a contract declares for one text (`x-gatewarden-normalize`): what is done to it before
/// it is judged, always in this order.
///
/// @param nfc Unicode normalization form C
/// @param trim white space at both ends is cut off (Unicode's `White_Space`)
/// @param lowerCase Unicode's full lower-case mapping, of no language in particular
public record TextForm(boolean nfc, boolean trim, boolean lowerCase) {
  public static final TextForm AS_IT_IS = new TextForm(false, false, false);

  public boolean isEmpty() {
    return !nfc && !trim && !lowerCase;
  }

  /// Both forms.
  TextForm and(TextForm other) {
    return new TextForm(nfc || other.nfc, trim || other.trim, lowerCase || other.lowerCase);
  }

  /// The text in this form; the very text where it is in it already. Doing it twice is doing it
  /// once.
  public String of(String text) {
    String form = nfc ? composed(text) : text;
    if (trim) {
      form = trimmed(form);
    }
    if (lowerCase) {
      form = form.toLowerCase(Locale.ROOT);
      // lower case of a composed character may come decomposed
      form = nfc ? composed(form) : form;
    }
    return form.equals(text) ? text : form;
  }

  private static String composed(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC)
        ? text
        : Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == '\u0085'
        || (c > 127 && Character.isSpaceChar(c));
  }
}
