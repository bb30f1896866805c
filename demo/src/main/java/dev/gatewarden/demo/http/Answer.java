package dev.gatewarden.demo.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What a server says to one request.
///
/// @param headers by lower-case name, one value each
public record Answer(int status, SequencedMap<String, String> headers, byte[] body) {

  /// An answer without a body.
  public static Answer empty(int status) {
    return new Answer(status, new LinkedHashMap<>(), new byte[0]);
  }

  public static Answer json(int status, String json) {
    return of(status, "application/json", json);
  }

  /// An error as RFC 9457 wants it.
  public static Answer problem(int status, String title) {
    return of(
        status,
        "application/problem+json",
        "{\"title\":\"" + title + "\",\"status\":" + status + "}");
  }

  public static Answer of(int status, String type, String text) {
    return new Answer(
        status,
        new LinkedHashMap<>(Map.of("content-type", type)),
        text.getBytes(StandardCharsets.UTF_8));
  }

  public Answer with(String name, String value) {
    SequencedMap<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Answer(status, all, body);
  }
}
