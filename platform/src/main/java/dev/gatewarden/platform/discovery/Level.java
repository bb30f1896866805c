package dev.gatewarden.platform.discovery;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import java.util.ArrayList;
import java.util.List;

/// One object that a path names: `/accounts/{accountId}` names an `account`.
///
/// @param type what such objects are called
/// @param collection the segment before the variable
record Level(String type, String collection, String variable) {

  /// What a path leads to.
  ///
  /// @param levels the objects it names, from the outermost
  /// @param rest the literals behind the last of them; empty where the path ends with it
  /// @param muddled whether several variables stand side by side, so that none is a key by itself
  record Path(List<Level> levels, List<String> rest, boolean muddled) {

    static Path of(Operation operation) {
      List<Level> levels = new ArrayList<>();
      List<String> rest = new ArrayList<>();
      boolean muddled = false;
      String before = "";
      for (PathTemplate.Segment segment : operation.path().segments()) {
        // `{orderId}:cancel` is something done to the object
        if (segment.parts().size() == 2
            && segment.parts().getFirst() instanceof PathTemplate.Variable(String object)
            && segment.parts().getLast() instanceof PathTemplate.Literal(String verb)
            && verb.startsWith(":")) {
          muddled |= before.isEmpty();
          levels.add(new Level(typeOf(before, object), before, object));
          rest.clear();
          rest.add(verb);
          before = "";
          continue;
        }
        if (segment.variable()
            && segment.parts().getFirst() instanceof PathTemplate.Variable(String name)) {
          muddled |= before.isEmpty();
          levels.add(new Level(typeOf(before, name), before, name));
          rest.clear();
          before = "";
        } else if (segment.literal()) {
          String literal = text(segment);
          rest.add(literal);
          before = Words.version(literal) && !before.isEmpty() ? before : literal;
        } else {
          muddled = true;
        }
      }
      return new Path(List.copyOf(levels), List.copyOf(rest), muddled);
    }

    private static String text(PathTemplate.Segment segment) {
      return segment.parts().isEmpty()
          ? ""
          : ((PathTemplate.Literal) segment.parts().getFirst()).text();
    }

    /// The variable says it where it says anything, else the collection it stands in.
    private static String typeOf(String collection, String variable) {
      String byName = Words.keyed(variable);
      String byPlace = Words.singular(collection);
      return byName.isEmpty() || (!Words.key(variable) && !byPlace.isEmpty()) ? byPlace : byName;
    }
  }
}
