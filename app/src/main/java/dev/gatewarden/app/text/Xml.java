package dev.gatewarden.app.text;

/// Text as XML and HTML take it.
public final class Xml {
  private Xml() {}

  /// Text that is allowed in XML 1.0, escaped; what is not allowed is a question mark.
  public static String escaped(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> {
                  boolean allowed =
                      c == '\n'
                          || c == '\t'
                          || (c >= 0x20 && c < 0xD800)
                          || (c > 0xDFFF && c < 0xFFFE)
                          || c > 0xFFFF;
                  safe.appendCodePoint(allowed ? c : '?');
                }
              }
            });
    return safe.toString();
  }
}
