package dev.gatewarden.core.schema.format;

import java.text.Normalizer;

/// Which code points a label of a host name may hold, and beside which others (RFC 5892).
final class Contexts {
  private static final int VIRAMA_CLASS_SAMPLE = 0x094D;

  private Contexts() {}

  /// Whether one code point of a label is allowed where it stands.
  static boolean allowed(int[] points, int count, int at) {
    int point = points[at];
    return switch (point) {
      case '-' -> true;
      case 0x00B7 -> at > 0 && at + 1 < count && points[at - 1] == 'l' && points[at + 1] == 'l';
      case 0x0375 -> at + 1 < count && script(points[at + 1], Character.UnicodeScript.GREEK);
      case 0x05F3, 0x05F4 -> at > 0 && script(points[at - 1], Character.UnicodeScript.HEBREW);
      case 0x30FB -> japanese(points, count);
      case 0x200C, 0x200D ->
          at > 0 && virama(points[at - 1]) || point == 0x200C && joins(points, count, at);
      case 0x00DF, 0x03C2, 0x06FD, 0x06FE, 0x0F0B, 0x3007 -> true;
      case 0x0640, 0x07FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> false;
      default -> valid(point);
    };
  }

  private static boolean valid(int point) {
    if (point < 128) {
      return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9');
    }
    int type = Character.getType(point);
    boolean letter =
        type == Character.LOWERCASE_LETTER
            || type == Character.OTHER_LETTER
            || type == Character.MODIFIER_LETTER
            || type == Character.NON_SPACING_MARK
            || type == Character.COMBINING_SPACING_MARK
            || type == Character.DECIMAL_DIGIT_NUMBER;
    return letter && stable(point);
  }

  /// Whether the code point survives case folding and compatibility normalization (section 2.2).
  private static boolean stable(int point) {
    if (point >= 0x1100 && point <= 0x11FF || point >= 0xA960 && point <= 0xA97F) {
      return false;
    }
    String text = Character.toString(point);
    String folded =
        Normalizer.normalize(
            Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(java.util.Locale.ROOT),
            Normalizer.Form.NFKC);
    return folded.equals(text);
  }

  private static boolean script(int point, Character.UnicodeScript script) {
    return Character.UnicodeScript.of(point) == script;
  }

  private static boolean japanese(int[] points, int count) {
    for (int i = 0; i < count; i++) {
      Character.UnicodeScript script = Character.UnicodeScript.of(points[i]);
      if (points[i] != 0x30FB
          && (script == Character.UnicodeScript.HIRAGANA
              || script == Character.UnicodeScript.KATAKANA
              || script == Character.UnicodeScript.HAN)) {
        return true;
      }
    }
    return false;
  }

  /// The signs that kill a vowel: combining class 9 of Unicode.
  private static boolean virama(int point) {
    return switch (point) {
      case VIRAMA_CLASS_SAMPLE,
          0x09CD,
          0x0A4D,
          0x0ACD,
          0x0B4D,
          0x0BCD,
          0x0C4D,
          0x0CCD,
          0x0D4D,
          0x0DCA,
          0x0E3A,
          0x0F84,
          0x1039,
          0x103A,
          0x1714,
          0x1734,
          0x17D2,
          0x1A60,
          0x1B44,
          0x1BAA,
          0x1BAB,
          0x1BF2,
          0x1BF3,
          0x2D7F,
          0xA806,
          0xA8C4,
          0xA953,
          0xA9C0,
          0xAAF6,
          0xABED ->
          true;
      default -> false;
    };
  }

  /// A joiner between letters of a script whose letters join.
  private static boolean joins(int[] points, int count, int at) {
    return at > 0 && at + 1 < count && arabic(points[at - 1]) && arabic(points[at + 1]);
  }

  private static boolean arabic(int point) {
    return Character.getDirectionality(point) == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  /// The two sets of Arabic digits never mix.
  static boolean digitsAgree(int[] points, int count) {
    boolean arabic = false;
    boolean extended = false;
    for (int i = 0; i < count; i++) {
      arabic |= points[i] >= 0x0660 && points[i] <= 0x0669;
      extended |= points[i] >= 0x06F0 && points[i] <= 0x06F9;
    }
    return !(arabic && extended);
  }

  /// Whether the label is in normal form C.
  static boolean composed(int[] points, int count) {
    return Normalizer.isNormalized(new String(points, 0, count), Normalizer.Form.NFC);
  }
}
