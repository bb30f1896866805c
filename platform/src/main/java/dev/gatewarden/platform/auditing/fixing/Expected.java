package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a document says once a change is made: what the edited text is held against.
final class Expected {
  private Expected() {}

  /// What stands at a pointer, or null.
  static @Nullable Node at(Node root, String pointer) {
    Pointer path = Pointer.parse(pointer);
    Node at = root;
    for (String token : path == null ? List.<String>of() : path.tokens()) {
      Node next =
          switch (at) {
            case Node.Obj object -> object.get(token);
            case Node.Arr(var _, List<Node> items) -> {
              int index = Pointer.index(token);
              yield index >= 0 && index < items.size() ? items.get(index) : null;
            }
            case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> null;
          };
      if (next == null) {
        return null;
      }
      at = next;
    }
    return path == null ? null : at;
  }

  /// The tree with another value at a pointer.
  static Node with(Node root, List<String> path, Node value) {
    if (path.isEmpty()) {
      return value;
    }
    List<String> rest = path.subList(1, path.size());
    return switch (root) {
      case Node.Obj object -> {
        Map<String, Node.Member> members = new LinkedHashMap<>(object.members());
        members.computeIfPresent(
            path.getFirst(),
            (name, old) -> new Node.Member(name, old.namePlace(), with(old.value(), rest, value)));
        yield new Node.Obj(object.place(), members);
      }
      case Node.Arr(var place, List<Node> items) -> {
        int index = Pointer.index(path.getFirst());
        List<Node> changed = new java.util.ArrayList<>(items);
        if (index >= 0 && index < changed.size()) {
          changed.set(index, with(changed.get(index), rest, value));
        }
        yield new Node.Arr(place, changed);
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> root;
    };
  }

  /// The object with further members at its end.
  static Node.Obj with(Node.Obj object, Map<String, Node> added) {
    Map<String, Node.Member> members = new LinkedHashMap<>(object.members());
    added.forEach((name, value) -> members.put(name, new Node.Member(name, object.place(), value)));
    return new Node.Obj(object.place(), members);
  }
}
