package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.Reading.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the object that a marked value belongs to.
public final class Around {
  private Around() {}

  /// The object around a value; null where it stands in none.
  ///
  /// @param each in the order of the text, none within another
  public static @Nullable ObjectFacts of(List<ObjectFacts> each, Mark mark) {
    int low = 0;
    int high = each.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (each.get(middle).from() <= mark.from()) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    ObjectFacts found = each.isEmpty() ? null : each.get(low);
    return found != null && found.from() <= mark.from() && mark.to() <= found.to() ? found : null;
  }
}
