package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.ObjectType.Form;
import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Brings an id into the one form in which equal text means equal id.
public final class IdForm {
  /// The largest integer that every JSON reader keeps exactly (RFC 8259, section 6).
  private static final String LARGEST = "9007199254740991";

  private static final int LONGEST = 512;

  private IdForm() {}

  /// The canonical id, or null when the text is no id of that form.
  public static @Nullable String canonical(Form form, String text) {
    return switch (form) {
      case UUID -> uuid(text);
      case INTEGER -> integer(text) ? text : null;
      case STRING -> isPlain(text) && isComposed(text) ? text : null;
    };
  }

  /// What a service might trim, fold or take for a path is no id: nothing, dots alone, blanks at
  /// the
  /// ends, characters that nobody sees.
  private static boolean isPlain(String text) {
    int length = text.length();
    if (length == 0
        || length > LONGEST
        || text.equals(".")
        || text.equals("..")
        || Character.isWhitespace(text.charAt(0))
        || Character.isWhitespace(text.charAt(length - 1))) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || (c > '~' && !isSeen(text, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSeen(String text, int at) {
    char c = text.charAt(at);
    if (Character.isLowSurrogate(c)) {
      return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
    }
    return switch (Character.getType(text.codePointAt(at))) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// Ids are compared, and what is equal to a person must be equal to a computer.
  private static boolean isComposed(String text) {
    return Normalizer.isNormalized(text, Normalizer.Form.NFC);
  }

  private static @Nullable String uuid(String text) {
    if (text.length() != 36) {
      return null;
    }
    boolean upper = false;
    for (int i = 0; i < 36; i++) {
      char c = text.charAt(i);
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (c != '-') {
          return null;
        }
      } else if (c >= 'A' && c <= 'F') {
        upper = true;
      } else if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return null;
      }
    }
    return upper ? text.toLowerCase(Locale.ROOT) : text;
  }

  /// Digits without a leading zero, sign, point or exponent, up to 2^53 - 1: `1` and `01` and `1.0`
  /// are not the same id.
  private static boolean integer(String text) {
    int length = text.length();
    if (length == 0 || length > LARGEST.length() || (length > 1 && text.charAt(0) == '0')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return length < LARGEST.length() || text.compareTo(LARGEST) <= 0;
  }
}
