package dev.gatewarden.core.schema.format;

/// Small formats: UUIDs, pointers, base64.
public final class Tokens {

  private Tokens() {}

  /// RFC 4122, section 3.
  public static boolean uuid(byte[] b, int from, int to) {
    if (to - from != 36) {
      return false;
    }
    for (int i = 0; i < 36; i++) {
      byte c = b[from + i];
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      boolean hex = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
      if (hyphen ? c != '-' : !hex) {
        return false;
      }
    }
    return true;
  }

  /// RFC 6901, section 3.
  public static boolean jsonPointer(byte[] b, int from, int to) {
    if (from < to && b[from] != '/') {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (b[i] == '~' && (i + 1 == to || (b[i + 1] != '0' && b[i + 1] != '1'))) {
        return false;
      }
    }
    return true;
  }

  /// A number of steps up, then `#` or a pointer down.
  public static boolean relativeJsonPointer(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    if (at == from || (b[from] == '0' && at - from > 1)) {
      return false;
    }
    return (to - at == 1 && b[at] == '#') || jsonPointer(b, at, to);
  }

  /// Base64 with padding (RFC 4648, section 4), unused bits zero.
  public static boolean base64(byte[] b, int from, int to) {
    if ((to - from & 3) != 0) {
      return false;
    }
    int end = to;
    while (end > from && to - end < 2 && b[end - 1] == '=') {
      end--;
    }
    for (int i = from; i < end; i++) {
      if (sextet(b[i]) < 0) {
        return false;
      }
    }
    int unused = to - end == 1 ? 3 : to - end == 2 ? 15 : 0;
    return unused == 0 || (sextet(b[end - 1]) & unused) == 0;
  }

  private static int sextet(byte c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }
}
