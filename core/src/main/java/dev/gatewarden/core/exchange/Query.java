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

  /// The values as the text spells them, in the order of the pairs: a percent-encoded comma, which
  /// is data, can still be told from a bare one, which parts a list.
  public String[] raw() {
    String[] raw = new String[pairs.size()];
    int from = 0;
    for (int i = 0; i < raw.length; i++) {
      int end = text.indexOf('&', from);
      end = end < 0 ? text.length() : end;
      int equals = text.indexOf('=', from);
      raw[i] = equals < 0 || equals >= end ? "" : text.substring(equals + 1, end);
      from = end + 1;
    }
    return raw;
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
