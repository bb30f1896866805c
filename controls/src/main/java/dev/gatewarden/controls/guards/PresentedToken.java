package dev.gatewarden.controls.guards;

import dev.gatewarden.core.exchange.Request;
import org.jspecify.annotations.Nullable;

/// The access token of a request as its one `Authorization` line writes it (RFC 6750, section
/// 2.1; RFC 9449, section 7.1); nothing of it is proved.
public final class PresentedToken {
  private static final String BEARER = "bearer";
  private static final String DPOP = "dpop";

  private PresentedToken() {}

  /// The token, or null where there is not exactly one.
  public static @Nullable String of(Request request) {
    if (request.headers().count("authorization") != 1) {
      return null;
    }
    String line = request.headers().first("authorization");
    int scheme = line == null ? 0 : scheme(line);
    return line == null || scheme == 0 ? null : behind(line, scheme);
  }

  /// The length of the scheme's name, 0 for credentials of another scheme; compared without case
  /// (RFC 9110, section 11.1).
  public static int scheme(String line) {
    return is(BEARER, line) ? BEARER.length() : is(DPOP, line) ? DPOP.length() : 0;
  }

  /// The token behind exactly one space, or null unless it is a `token68` (RFC 9110, section 11.2).
  ///
  /// @param scheme the length of the scheme's name
  public static @Nullable String behind(String line, int scheme) {
    int from = scheme + 1;
    if (line.length() <= from || line.charAt(scheme) != ' ') {
      return null;
    }
    int end = from;
    while (end < line.length() && isToken68(line.charAt(end))) {
      end++;
    }
    boolean some = end > from;
    while (end < line.length() && line.charAt(end) == '=') {
      end++;
    }
    return some && end == line.length() ? line.substring(from) : null;
  }

  private static boolean is(String scheme, String line) {
    return line.regionMatches(true, 0, scheme, 0, scheme.length())
        && (line.length() == scheme.length() || !isToken68(line.charAt(scheme.length())));
  }

  private static boolean isToken68(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~'
        || c == '+'
        || c == '/';
  }
}
