package dev.gatewarden.controls.probes;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer gives away.
public final class Leaks {
  private Leaks() {}

  /// Shorter ones occur by chance.
  private static final int TELLING_ID = 8;

  /// Whether an answer to a stranger shows an object: it is the owner's answer, or names the id
  /// where the answer about nothing does not.
  ///
  /// @param own what its owner was answered
  /// @param absent what the stranger was answered about an id that nothing has
  /// @param shown the ids of objects in the answer to the stranger
  public static boolean shows(
      Answer foreign, Answer own, Answer absent, String id, List<String> shown) {
    if (!foreign.ok() || foreign.sameAs(absent)) {
      return false;
    }
    return foreign.sameAs(own)
        || (foreign.body().length > 0
            && foreign.json() == null
            // where its owner gets JSON, another page is no object
            && own.json() == null
            && !absent.ok())
        || shown.contains(id)
        || (id.length() >= TELLING_ID && holds(foreign.json(), id));
  }

  /// Whether a text or number stands anywhere in a value, whole.
  public static boolean holds(@Nullable Node node, String text) {
    return switch (node) {
      case null -> false;
      case Node.Obj object ->
          object.entries().stream().anyMatch(member -> holds(member.value(), text));
      case Node.Arr array -> array.items().stream().anyMatch(item -> holds(item, text));
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> text.equals(Json.scalar(node));
    };
  }
}
