package dev.gatewarden.demo.shop;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// What an answer allows a shared cache (RFC 9111, section 5.2.2).
///
/// @param words the directives of `Cache-Control`, lower case, with their values or the empty text
/// @param varies whether the answer depends on headers of the request
record Directives(Map<String, String> words, boolean varies) {

  static Directives of(Map<String, String> headers) {
    Map<String, String> words = new HashMap<>();
    for (String part : headers.getOrDefault("cache-control", "").split(",", -1)) {
      String[] pair = part.strip().split("=", 2);
      words.put(pair[0].toLowerCase(Locale.ROOT), pair.length == 2 ? pair[1] : "");
    }
    return new Directives(words, headers.containsKey("vary"));
  }

  /// Whether a shared cache may keep the answer (RFC 9111, sections 3 and 3.5). What varies is not
  /// kept, which a cache is free to do.
  ///
  /// @param authorized whether the request carried `Authorization`
  boolean storable(boolean authorized) {
    boolean permitted =
        !authorized
            || words.containsKey("public")
            || words.containsKey("s-maxage")
            || words.containsKey("must-revalidate");
    return permitted
        && !varies
        && !words.containsKey("no-store")
        && !words.containsKey("private")
        && !words.containsKey("no-cache")
        && lifetime().isPositive();
  }

  /// How long it stays fresh.
  Duration lifetime() {
    String seconds = words.getOrDefault("s-maxage", words.getOrDefault("max-age", "0"));
    try {
      return Duration.ofSeconds(Long.parseLong(seconds));
    } catch (NumberFormatException e) {
      return Duration.ZERO;
    }
  }
}
