package dev.gatewarden.core.canon;

import dev.gatewarden.core.exchange.Query;
import dev.gatewarden.core.exchange.Target;
import java.util.ArrayList;
import java.util.List;

/// Reads a request target in origin form (RFC 9112, section 3.2.1) in the one way that leaves no
/// doubt.
///
/// The canonical text is written anew from what was decoded, so that the upstream receives byte for
/// byte what was judged; reading it again gives the same target.
public final class TargetReader {
  private TargetReader() {}

  /// The target that a text of printable ASCII spells, or why it has no single reading.
  public static OneReading<Target> read(String raw) {
    return read(raw, QueryReader.MOST, false);
  }

  /// The same with other bounds.
  ///
  /// @param parameters the most parameters the query may have
  /// @param matrix whether bare semicolons are read as parameters in the style `matrix`; whoever
  ///     asks for it has to refuse them wherever no such parameter stands
  public static OneReading<Target> read(String raw, int parameters, boolean matrix) {
    int mark = raw.indexOf('?');
    OneReading<String> path = PathReader.read(raw, mark < 0 ? raw.length() : mark, matrix);
    if (path instanceof OneReading.Refused<String>(Ambiguity why)) {
      return OneReading.refused(why);
    }
    String canonical = ((OneReading.Clear<String>) path).value();
    if (mark < 0 || mark + 1 == raw.length()) {
      return OneReading.of(new Target(canonical, Query.NONE));
    }
    return switch (QueryReader.read(raw, mark + 1, parameters)) {
      case OneReading.Clear<Query>(Query query) -> OneReading.of(new Target(canonical, query));
      case OneReading.Refused<Query>(Ambiguity why) -> OneReading.refused(why);
    };
  }

  /// The target as it was sent, with nothing read and nothing refused: for tests that show what the
  /// one reading is worth.
  public static Target unread(String raw) {
    int mark = raw.indexOf('?');
    if (mark < 0) {
      return new Target(raw, Query.NONE);
    }
    String text = raw.substring(mark + 1);
    List<Query.Pair> pairs = new ArrayList<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      pairs.add(
          equals < 0
              ? new Query.Pair(pair, "")
              : new Query.Pair(pair.substring(0, equals), pair.substring(equals + 1)));
    }
    return new Target(raw.substring(0, mark), new Query(text, pairs));
  }
}
