package dev.gatewarden.core.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The query of a request in its one reading.
///
/// @param text as it goes to the upstream: canonical, without the question mark
/// @param pairs the names and values, decoded, in order
public record Query(String text, List<Pair> pairs) {
  public static final Query NONE = new Query("", List.of());

  /// One name and its value, decoded.
  public record Pair(String name, String value) {}

  /// The first value of a name, or null.
  public @Nullable String first(String name) {
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).name().equals(name)) {
        return pairs.get(i).value();
      }
    }
    return null;
  }

  /// How often a name occurs.
  public int count(String name) {
    int count = 0;
    for (int i = 0; i < pairs.size(); i++) {
      if (pairs.get(i).name().equals(name)) {
        count++;
      }
    }
    return count;
  }
}
