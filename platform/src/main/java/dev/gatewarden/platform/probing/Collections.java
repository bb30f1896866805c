package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Identity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands in answers that no binding describes.
final class Collections {
  private static final int DEEPEST = 4;
  private static final int MOST = 40;

  /// Shorter names occur by chance.
  private static final int TELLING = 3;

  private Collections() {}

  /// The objects of a type in the lists of an answer: those that have its id.
  static List<Node> below(ObjectType type, @Nullable Node answer) {
    List<Node> found = new ArrayList<>();
    gather(type, answer, 0, found);
    return found;
  }

  private static void gather(ObjectType type, @Nullable Node node, int depth, List<Node> found) {
    switch (node) {
      case Node.Arr array -> {
        for (Node each : array.items()) {
          if (each instanceof Node.Obj && Places.id(type, each) != null && found.size() < MOST) {
            found.add(each);
          }
        }
      }
      case Node.Obj object -> {
        if (depth < DEEPEST) {
          object.entries().forEach(each -> gather(type, each.value(), depth + 1, found));
        }
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
      case null -> {}
    }
  }

  /// Whether a member of an object, or of one within it, is somebody's name to the API.
  static boolean names(Node node, Identity who) {
    String name = who.is().subject();
    if (name == null || name.length() < TELLING || !(node instanceof Node.Obj object)) {
      return false;
    }
    return object.entries().stream()
        .anyMatch(
            each ->
                name.equals(Json.scalar(each.value()))
                    || (each.value() instanceof Node.Obj && names(each.value(), who)));
  }
}
