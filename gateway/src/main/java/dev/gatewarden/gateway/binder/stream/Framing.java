package dev.gatewarden.gateway.binder.stream;

import org.jspecify.annotations.Nullable;

/// How the items of a stream are told apart.
public enum Framing {
  /// Each line is a JSON document.
  LINES,
  /// A record separator before each JSON text (RFC 7464, section 2.1).
  SEQUENCE,
  /// Events whose data is a JSON document (HTML, section 9.2).
  EVENTS;

  /// The framing of a media type, or null where it is no stream of documents.
  ///
  /// @param range lower case, without parameters
  public static @Nullable Framing of(String range) {
    return switch (range) {
      case "application/jsonl", "application/x-ndjson" -> LINES;
      case "text/event-stream" -> EVENTS;
      default ->
          range.equals("application/json-seq") || range.endsWith("+json-seq") ? SEQUENCE : null;
    };
  }
}
