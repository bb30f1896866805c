package dev.gatewarden.controls.guards.schema;

import java.util.Set;

/// The response headers that HTTP itself gives a meaning, so that no contract has to promise them.
final class UsualHeaders {
  private static final Set<String> NAMES =
      Set.of(
          "accept-ranges",
          "age",
          "allow",
          "cache-control",
          "connection",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-range",
          "content-type",
          "date",
          "etag",
          "expires",
          "keep-alive",
          "last-modified",
          "link",
          "location",
          "pragma",
          "retry-after",
          "strict-transport-security",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "vary",
          "www-authenticate",
          "x-content-type-options");

  private UsualHeaders() {}

  /// @param name in lower case
  static boolean has(String name) {
    return NAMES.contains(name) || name.startsWith("access-control-");
  }
}
