package dev.gatewarden.core.canon;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/// Characters that are none of those with a meaning in a path, and become one on the way: by
/// compatibility normalization (Unicode Standard Annex 15), or by the best-fit tables with which
/// some platforms bring text into an older character set. And characters that nobody sees.
final class Lookalikes {
  private static final String SPECIAL = "./\\;%?#";

  /// What normalization leaves alone and best-fit tables do not: fraction, division and set-minus
  /// strokes, the yen and the won (a backslash in Japan and Korea), ideographic stops.
  private static final String BEST_FIT = "\u2044\u2215\u29F8\u2216\u29F5\u00A5\u20A9\u3002\uFF61";

  private Lookalikes() {}

  /// Why a text that holds more than ASCII has no single reading as a path; null when it has.
  static @Nullable Ambiguity fault(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (point > 127) {
        plain = false;
        if (BEST_FIT.indexOf(point) >= 0) {
          return Ambiguity.LOOKALIKE;
        }
        if (isInvisible(point)) {
          return Ambiguity.INVISIBLE;
        }
      }
      i += Character.charCount(point);
    }
    if (plain || Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
      return null;
    }
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC);
    return special(folded) > special(text) ? Ambiguity.LOOKALIKE : null;
  }

  /// Whether a character shows nothing and changes nothing but what a computer compares. The
  /// joiners are letters' business in several scripts.
  static boolean isInvisible(int point) {
    return Character.getType(point) == Character.FORMAT && point != 0x200C && point != 0x200D;
  }

  private static int special(String text) {
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      count += SPECIAL.indexOf(c) >= 0 ? 1 : 0;
    }
    return count;
  }
}
