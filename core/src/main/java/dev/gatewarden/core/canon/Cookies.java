package dev.gatewarden.core.canon;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The cookies of a request (RFC 6265, section 4.2), in the order they came.
///
/// A value is what stands between `=` and `;`, quotes included: nothing is unquoted or decoded.
/// Refused are cookies without a name or with characters that end a cookie for some servers and not
/// for others, and names that begin with `$`, which turn some servers to an older reading
/// (RFC 2965) in which a quoted value may swallow its neighbours.
public record Cookies(List<Cookie> all) {
  public static final Cookies NONE = new Cookies(List.of());

  /// One name and its value. What it holds is often a secret, so it is not printed.
  public record Cookie(String name, String value) {
    @Override
    public String toString() {
      return "Cookie[" + name + "]";
    }
  }

  /// The cookies of all `Cookie` lines together.
  public static OneReading<Cookies> read(List<String> lines) {
    if (lines.isEmpty()) {
      return OneReading.of(NONE);
    }
    List<Cookie> all = new ArrayList<>();
    for (String line : lines) {
      if (!read(line, all)) {
        return OneReading.refused(Ambiguity.COOKIE);
      }
    }
    return OneReading.of(new Cookies(all));
  }

  /// The value of the only cookie of a name; null when there is none or more than one.
  public @Nullable String only(String name) {
    String value = null;
    for (Cookie cookie : all) {
      if (cookie.name().equals(name)) {
        if (value != null) {
          return null;
        }
        value = cookie.value();
      }
    }
    return value;
  }

  /// How many cookies a name has.
  public int count(String name) {
    int count = 0;
    for (Cookie cookie : all) {
      count += cookie.name().equals(name) ? 1 : 0;
    }
    return count;
  }

  private static boolean read(String line, List<Cookie> to) {
    int at = 0;
    while (at < line.length()) {
      int end = line.indexOf(';', at);
      end = end < 0 ? line.length() : end;
      int from = at;
      while (from < end && line.charAt(from) == ' ') {
        from++;
      }
      if (from < end && !pair(line, from, end, to)) {
        return false;
      }
      at = end + 1;
    }
    return true;
  }

  private static boolean pair(String line, int from, int end, List<Cookie> to) {
    int equals = line.indexOf('=', from);
    if (equals <= from || equals >= end || line.charAt(from) == '$') {
      return false;
    }
    for (int i = from; i < equals; i++) {
      if (!Characters.isToken(line.charAt(i))) {
        return false;
      }
    }
    int first = equals + 1;
    int last = end;
    boolean quoted = last - first >= 2 && line.charAt(first) == '"' && line.charAt(last - 1) == '"';
    for (int i = quoted ? first + 1 : first; i < (quoted ? last - 1 : last); i++) {
      char c = line.charAt(i);
      // A comma is data to RFC 6265 and a separator to RFC 2965 alone, which `$` names would switch
      // on.
      if (!Characters.isCookie(c) && c != ',') {
        return false;
      }
    }
    to.add(new Cookie(line.substring(from, equals), line.substring(first, last)));
    return true;
  }
}
