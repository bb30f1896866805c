package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.gateway.binder.stream.Framing;

/// The kinds of media types that bodies and parameters are read by; ranges are lower case and
/// without parameters.
public final class MediaTypes {
  private MediaTypes() {}

  /// RFC 6838, section 4.2.8: the suffix says that the body is JSON.
  public static boolean isJson(String range) {
    return range.equals("application/json") || range.endsWith("+json");
  }

  /// RFC 6902, section 6.
  public static boolean isJsonPatch(String range) {
    return range.equals("application/json-patch+json");
  }

  /// Whether the inside of a body of that type is read as values.
  public static boolean isRead(String range) {
    return isJson(range)
        || isForm(range)
        || isXml(range)
        || range.equals("*/*")
        || range.startsWith("multipart/");
  }

  /// RFC 7303, sections 9.1 to 9.3 and 4.2.
  static boolean isXml(String range) {
    return range.equals("application/xml") || range.equals("text/xml") || range.endsWith("+xml");
  }

  static boolean isForm(String range) {
    return range.equals("application/x-www-form-urlencoded");
  }

  /// Text that is read as one string. Event streams are never held, and `multipart` has its own
  /// readers.
  static boolean isText(String range) {
    return range.startsWith("text/") && !range.equals("text/event-stream");
  }

  /// What is sent on and on, so that waiting for its end would keep it from its reader.
  static boolean isStream(String range) {
    return Framing.of(range) != null;
  }

  /// Documents of which each line is one (OpenAPI 3.2, "Sequential Media Types").
  public static boolean isLines(String range) {
    return range.equals("application/jsonl") || range.equals("application/x-ndjson");
  }
}
