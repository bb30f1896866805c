package dev.gatewarden.core.canon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A media type in its one reading (RFC 9110, section 8.3.1).
///
/// Parameters that the reading does not know are kept and mean nothing; what readers are known to
/// take differently (a parameter twice, an escape within quotes, a second type behind a comma) is
/// no reading at all.
///
/// @param type `type/subtype`, lower case
/// @param parameters in order, with lower-case names
public record ContentType(String type, List<Parameter> parameters) {
  private static final int LONGEST = 512;

  /// A parameter of a media type, its value out of quotes.
  public record Parameter(String name, String value) {}

  public ContentType {
    parameters = List.copyOf(parameters);
  }

  /// The one media type of a message, or null where its `Content-Type` lines do not say exactly
  /// one.
  public static @Nullable ContentType of(List<String> lines) {
    return lines.size() == 1 ? read(lines.getFirst()) : null;
  }

  /// The media type that a text writes, or null when it can not be read in exactly one way.
  public static @Nullable ContentType read(String line) {
    if (line.length() > LONGEST) {
      return null;
    }
    int end = token(line, 0);
    if (end == 0 || end >= line.length() || line.charAt(end) != '/') {
      return null;
    }
    int stop = token(line, end + 1);
    if (stop == end + 1) {
      return null;
    }
    List<Parameter> parameters = new Parameters(line, stop).read();
    return parameters == null
        ? null
        : new ContentType(line.substring(0, stop).toLowerCase(Locale.ROOT), parameters);
  }

  /// The value of a parameter, or null.
  public @Nullable String parameter(String name) {
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equals(name)) {
        return parameters.get(i).value();
      }
    }
    return null;
  }

  /// Whether its text is UTF-8, said or unsaid.
  public boolean isUtf8() {
    String charset = parameter("charset");
    return charset == null || charset.equalsIgnoreCase("utf-8");
  }

  /// Whether the body is JSON (RFC 6838, section 4.2.8, and RFC 8259).
  public boolean isJson() {
    return type.equals("application/json") || type.endsWith("+json");
  }

  /// Whether it falls within a range as contracts write it: `image/png`, `image/*`, `*/*`.
  public boolean within(String range) {
    if (range.equals("*/*") || range.equals(type)) {
      return true;
    }
    return range.endsWith("/*") && type.regionMatches(0, range, 0, range.length() - 1);
  }

  static int token(String line, int from) {
    int at = from;
    while (at < line.length() && Characters.isToken(line.charAt(at))) {
      at++;
    }
    return at;
  }

  /// Reads `; name=value` until the end of a line.
  static final class Parameters {
    private final String line;
    private int at;

    Parameters(String line, int from) {
      this.line = line;
      this.at = from;
    }

    @Nullable List<Parameter> read() {
      List<Parameter> all = List.of();
      for (space(); at < line.length(); space()) {
        if (line.charAt(at++) != ';') {
          return null;
        }
        space();
        int end = token(line, at);
        if (end == at || end >= line.length() || line.charAt(end) != '=') {
          return null;
        }
        String name = line.substring(at, end).toLowerCase(Locale.ROOT);
        at = end + 1;
        String value = value();
        if (value == null || has(all, name)) {
          return null;
        }
        all = all.isEmpty() ? new ArrayList<>(2) : all;
        all.add(new Parameter(name, value));
      }
      return all;
    }

    private static boolean has(List<Parameter> all, String name) {
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).name().equals(name)) {
          return true;
        }
      }
      return false;
    }

    private @Nullable String value() {
      if (at < line.length() && line.charAt(at) == '"') {
        return quoted();
      }
      int from = at;
      at = token(line, at);
      return at == from ? null : line.substring(from, at);
    }

    /// A backslash is an escape to some readers and a separator of paths to others.
    private @Nullable String quoted() {
      int end = line.indexOf('"', at + 1);
      if (end < 0) {
        return null;
      }
      for (int i = at + 1; i < end; i++) {
        char c = line.charAt(i);
        if (c == '\\' || c < ' ' || c == 0x7F) {
          return null;
        }
      }
      String value = line.substring(at + 1, end);
      at = end + 1;
      return value;
    }

    private void space() {
      while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
        at++;
      }
    }
  }
}
