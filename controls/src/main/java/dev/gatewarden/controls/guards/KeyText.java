package dev.gatewarden.controls.guards;

/// Keys of claims that are put together out of what callers bring.
public final class KeyText {
  private KeyText() {}

  /// Adds a value as one part of a key: with `/`, `@` and `~` beside it, no two lists of values
  /// make
  /// the same key.
  public static void part(String value, StringBuilder to) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '%' -> to.append("%25");
        case '/' -> to.append("%2F");
        case '@' -> to.append("%40");
        case '~' -> to.append("%7E");
        default -> to.append(c);
      }
    }
  }
}
