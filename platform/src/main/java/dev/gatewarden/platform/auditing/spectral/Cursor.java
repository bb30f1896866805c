package dev.gatewarden.platform.auditing.spectral;

/// A place in the text of a path.
final class Cursor {
  private static final int LONGEST = 4_096;

  private final String text;
  private int at;

  Cursor(String text) {
    if (text.length() > LONGEST) {
      throw new Malformed("the path is longer than " + LONGEST + " characters");
    }
    this.text = text;
  }

  boolean ended() {
    return at >= text.length();
  }

  /// The next character; 0 at the end.
  char peek() {
    return ended() ? 0 : text.charAt(at);
  }

  char next() {
    if (ended()) {
      throw wrong("more");
    }
    return text.charAt(at++);
  }

  /// Goes over a text if it stands here.
  boolean took(String wanted) {
    boolean here = text.startsWith(wanted, at);
    at += here ? wanted.length() : 0;
    return here;
  }

  void take(String wanted) {
    if (!took(wanted)) {
      throw wrong("`" + wanted + "`");
    }
  }

  void space() {
    while (!ended() && Character.isWhitespace(peek())) {
      at++;
    }
  }

  /// A text in quotes, from its opening quote.
  String quoted() {
    char quote = next();
    StringBuilder plain = new StringBuilder();
    while (peek() != quote) {
      char c = next();
      plain.append(c == '\\' ? next() : c);
    }
    next();
    return plain.toString();
  }

  /// What is expected here, and is not.
  Malformed wrong(String expected) {
    String rest = text.substring(at);
    String found =
        rest.isEmpty()
            ? "it ends"
            : "`" + (rest.length() > 20 ? rest.substring(0, 20) : rest) + "` stands";
    return new Malformed("expected " + expected + " at character " + (at + 1) + ", where " + found);
  }
}
