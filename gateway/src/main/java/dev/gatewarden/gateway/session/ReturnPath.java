package dev.gatewarden.gateway.session;

/// Where a login may return to: a path of the same origin, in a form that no browser takes for
/// another.
final class ReturnPath {
  private static final int LONGEST = 1024;

  private ReturnPath() {}

  /// Whether a browser that is sent there stays at this origin: one `/` first, then no second one
  /// and no `\`, which browsers read as `/`, nothing that they strip, and nothing beyond ASCII.
  static boolean safe(String text) {
    if (text.isEmpty() || text.length() > LONGEST || text.charAt(0) != '/') {
      return false;
    }
    int path = 0;
    while (path < text.length() && text.charAt(path) != '?' && text.charAt(path) != '#') {
      path++;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || c == '\\' || c == '"' || c == '<' || c == '>') {
        return false;
      }
      if (c == '/' && i > 0 && i < path && text.charAt(i - 1) == '/') {
        return false;
      }
    }
    return true;
  }
}
