package dev.gatewarden.platform.auditing.spectral;

/// A pattern of file names as rulesets write them: `*`, `?`, `[…]`, `{a,b}`, and `**` across
/// folders.
final class Glob {
  private final Regex pattern;
  private final boolean nameAlone;

  /// @throws Malformed when it is none
  Glob(String text) {
    String plain = text.startsWith("./") ? text.substring(2) : text;
    nameAlone = plain.indexOf('/') < 0;
    StringBuilder regex = new StringBuilder("^");
    int open = 0;
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (plain.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (plain.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else {
        open += c == '{' ? 1 : c == '}' ? -1 : 0;
        regex.append(
            switch (c) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              case '{' -> "(?:";
              case '}' -> ")";
              case ',' -> open > 0 ? "|" : ",";
              case '[', ']', '-' -> String.valueOf(c);
              default ->
                  Character.isLetterOrDigit(c) || c == '/' || c == '_'
                      ? String.valueOf(c)
                      : "\\" + c;
            });
      }
    }
    pattern = Regex.compile(regex.append('$').toString(), "");
  }

  /// @param path with `/` between folders
  boolean matches(String path) {
    String looked = nameAlone ? path.substring(path.lastIndexOf('/') + 1) : path;
    return pattern.finds(looked, new Budget());
  }
}
