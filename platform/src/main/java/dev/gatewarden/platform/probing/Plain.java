package dev.gatewarden.platform.probing;

/// Text that a service made up, as it may be shown: nothing in it moves a cursor, colours, or turns
/// the direction of writing.
final class Plain {
  private static final int MOST = 600;

  private Plain() {}

  /// The text on one line, cut where it is long; what may not be shown is a `�`.
  static String text(String text) {
    int cut = text.offsetByCodePoints(0, Math.min(MOST, text.codePointCount(0, text.length())));
    if (cut == text.length() && text.codePoints().allMatch(Plain::is)) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    text.substring(0, cut).codePoints().forEach(c -> plain.appendCodePoint(is(c) ? c : 0xFFFD));
    return cut == text.length() ? plain.toString() : plain.append('…').toString();
  }

  /// Whether a text may be shown as it is, on several lines.
  static boolean is(String text) {
    return text.codePoints().allMatch(c -> is(c) || c == '\n' || c == '\t');
  }

  /// Whether a character may be shown: no control, no mark that turns the direction, no half of a
  /// pair.
  static boolean is(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
