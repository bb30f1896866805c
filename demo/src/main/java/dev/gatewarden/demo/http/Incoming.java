package dev.gatewarden.demo.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request as a server sees it.
///
/// @param target path and query as they came
/// @param path as it came, without the query
/// @param headers by lower-case name
public record Incoming(
    String method, String target, String path, Map<String, List<String>> headers, byte[] body) {

  /// The first value of a header, or null.
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// The token of `Authorization: Bearer`, or null.
  public @Nullable String bearer() {
    String value = header("authorization");
    return value != null && value.regionMatches(true, 0, "Bearer ", 0, 7)
        ? value.substring(7).strip()
        : null;
  }
}
