package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Pointer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Where else a schema is used than in the body of one operation, so that a word in it would be
/// said of that as well.
final class Uses {
  private static final int DEEPEST = 128;

  private Uses() {}

  /// @param document that the schema stands in
  static boolean elsewhere(Obj document, Obj schema, Operation operation) {
    String home = operation.source().place().pointer() + "/requestBody";
    Deque<String> open = new ArrayDeque<>(List.of(schema.place().pointer()));
    Set<String> met = new HashSet<>();
    while (!open.isEmpty()) {
      String here = open.poll();
      if (here.equals(home) || here.startsWith(home + "/")) {
        continue;
      }
      String component = component(here);
      if (component.isEmpty()) {
        return true;
      }
      if (met.add(component)) {
        open.addAll(references(document, component, new ArrayList<>(), 0));
      }
    }
    return false;
  }

  /// `/components/schemas/Order` of what stands in it; empty where it stands in none.
  private static String component(String pointer) {
    List<String> tokens = Objects.requireNonNull(Pointer.parse(pointer)).tokens();
    int parts = tokens.isEmpty() || !tokens.getFirst().equals("components") ? 2 : 3;
    boolean named = parts == 3 || (!tokens.isEmpty() && tokens.getFirst().equals("definitions"));
    if (!named || tokens.size() < parts) {
      return "";
    }
    int end = 0;
    for (int i = 0; i < parts; i++) {
      end = pointer.indexOf('/', end + 1);
    }
    return end < 0 ? pointer : pointer.substring(0, end);
  }

  /// The places that refer to a component, or to something in it.
  private static List<String> references(
      Node node, String component, List<String> found, int depth) {
    switch (node) {
      case Obj object -> {
        if (object.get("$ref") instanceof Node.Text(var _, String to)
            && (to.endsWith("#" + component) || to.contains("#" + component + "/"))) {
          found.add(object.place().pointer());
        }
        for (Node.Member each : object.entries()) {
          if (depth < DEEPEST) {
            references(each.value(), component, found, depth + 1);
          }
        }
      }
      case Node.Arr array -> {
        for (Node each : array.items()) {
          if (depth < DEEPEST) {
            references(each, component, found, depth + 1);
          }
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
    return found;
  }
}
