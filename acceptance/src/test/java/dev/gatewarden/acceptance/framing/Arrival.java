package dev.gatewarden.acceptance.framing;

import java.util.List;
import java.util.Locale;

/// A request, or the beginning of one, as a strict service read it.
///
/// @param lines header lines, as they came
/// @param whole whether its body came to its end
record Arrival(String method, String target, List<String> lines, String body, boolean whole) {

  /// The decision that it came of.
  String id() {
    return field("x-request-id");
  }

  /// The value of a field, by its name in lower case; empty where it is not there, and `twice`
  /// where
  /// it is there more than once.
  String field(String name) {
    List<String> all =
        lines.stream()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
            .map(line -> line.substring(name.length() + 1).strip())
            .toList();
    return all.size() > 1 ? "twice" : all.isEmpty() ? "" : all.getFirst();
  }
}
