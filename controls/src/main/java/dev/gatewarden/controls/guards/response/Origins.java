package dev.gatewarden.controls.guards.response;

/// Origins of scripts as browsers write them (RFC 6454, section 6.1).
final class Origins {
  private Origins() {}

  /// Whether a text is one origin: scheme, host in lower case and perhaps a port; no path, no
  /// wildcard, and not `null`.
  static boolean exact(String text) {
    int from = text.startsWith("https://") ? 8 : text.startsWith("http://") ? 7 : -1;
    if (from < 0 || from == text.length()) {
      return false;
    }
    int colon = text.indexOf(':', from);
    int end = colon < 0 ? text.length() : colon;
    return host(text, from, end) && (colon < 0 || port(text, colon + 1));
  }

  private static boolean host(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
      boolean dot = c == '.' && i > from && i + 1 < end && text.charAt(i - 1) != '.';
      if (!plain && !dot) {
        return false;
      }
    }
    return end > from;
  }

  private static boolean port(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return from < text.length() && text.length() - from <= 5;
  }
}
