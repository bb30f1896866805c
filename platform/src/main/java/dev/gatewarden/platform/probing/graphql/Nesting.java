package dev.gatewarden.platform.probing.graphql;

/// How deep the brackets of a schema are nested, told before a parser goes into them.
final class Nesting {
  private Nesting() {}

  /// The first index where they are nested deeper than that; below 0 where they never are. What
  /// stands in strings and comments is none.
  static int deeper(String text, int most) {
    int depth = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        at = after(text, "\n", at);
      } else if (text.startsWith("\"\"\"", at)) {
        at = after(text, "\"\"\"", at + 3);
      } else if (c == '"') {
        at = string(text, at + 1);
      } else {
        if ("[({".indexOf(c) >= 0 && ++depth > most) {
          return at;
        }
        depth -= "])}".indexOf(c) >= 0 && depth > 0 ? 1 : 0;
        at++;
      }
    }
    return -1;
  }

  private static int after(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  /// Behind a string, which ends with its line at the latest.
  private static int string(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\n') {
        return i + 1;
      }
      i += c == '\\' ? 1 : 0;
    }
    return text.length();
  }
}
