package dev.gatewarden.core.canon;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a part of a form is called, in its one reading (RFC 7578, section 4.2).
///
/// Readers differ in what they make of `filename*`, of continuations (RFC 2231), of encoded words
/// (RFC 2047), of escapes within quotes and of percent-encoded quotes: none of them has one
/// reading.
///
/// @param name the name of the field; never empty
/// @param fileName as its sender calls the file; null where the part is not said to be one
public record Disposition(String name, @Nullable String fileName) {

  /// The disposition that a header's value writes, or null when it can not be read in exactly one
  /// way.
  public static @Nullable Disposition read(String value) {
    int end = ContentType.token(value, 0);
    if (!value.substring(0, end).toLowerCase(Locale.ROOT).equals("form-data")) {
      return null;
    }
    List<ContentType.Parameter> parameters = new ContentType.Parameters(value, end).read();
    if (parameters == null) {
      return null;
    }
    String name = null;
    String fileName = null;
    for (ContentType.Parameter each : parameters) {
      if (!plain(each.value())) {
        return null;
      }
      switch (each.name()) {
        case "name" -> name = each.value();
        case "filename" -> fileName = each.value();
        default -> {
          return null;
        }
      }
    }
    return name == null || name.isEmpty() ? null : new Disposition(name, fileName);
  }

  private static boolean plain(String value) {
    if (value.contains("=?")) {
      return false;
    }
    for (int at = value.indexOf('%'); at >= 0; at = value.indexOf('%', at + 1)) {
      if (value.startsWith("22", at + 1)
          || value.regionMatches(true, at + 1, "0d", 0, 2)
          || value.regionMatches(true, at + 1, "0a", 0, 2)) {
        return false;
      }
    }
    return true;
  }
}
