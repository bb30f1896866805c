package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a document says once a change is made: what the edited text is held against.
final class Expected {
  private Expected() {}

  /// What stands at a pointer, or null.
  static @Nullable Node at(Node root, String pointer) {
    Pointer path = Pointer.parse(pointer);
    return path == null ? null : at(root, path.tokens());
  }

  /// What stands at the end of a path, or null.
  static @Nullable Node at(Node root, List<String> path) {
    return Json.at(root, path);
  }

  /// The tree with another value at a path.
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
        List<Node> changed = new ArrayList<>(items);
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

  /// The tree without some members or items of what stands at a path.
  static Node without(Node root, List<String> path, Set<String> removed) {
    Node at = at(root, path);
    if (at instanceof Node.Arr(var place, List<Node> items)) {
      Set<Integer> gone = indexes(at, removed);
      List<Node> left = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        if (!gone.contains(i)) {
          left.add(items.get(i));
        }
      }
      return with(root, path, new Node.Arr(place, left));
    }
    Node left = at;
    for (String each : removed) {
      left = left instanceof Node.Obj object ? Json.without(object, each) : left;
    }
    return left == null ? root : with(root, path, left);
  }

  /// Where members or items stand among the others; those that are not there have no index.
  static Set<Integer> indexes(Node around, Set<String> names) {
    Set<Integer> indexes = new TreeSet<>();
    switch (around) {
      case Node.Obj object -> {
        int index = 0;
        for (String each : object.members().keySet()) {
          if (names.contains(each)) {
            indexes.add(index);
          }
          index++;
        }
      }
      case Node.Arr(var _, List<Node> items) ->
          names.stream()
              .map(Pointer::index)
              .filter(each -> each >= 0 && each < items.size())
              .forEach(indexes::add);
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> {}
    }
    return indexes;
  }

  /// Both at once: the members of both objects, or the one value that both say; null where they
  /// say different things.
  static @Nullable Node merged(Node one, Node other) {
    if (!(one instanceof Node.Obj before) || !(other instanceof Node.Obj after)) {
      return Same.same(one, other) ? one : null;
    }
    Map<String, Node> members = new LinkedHashMap<>();
    before.entries().forEach(each -> members.put(each.name(), each.value()));
    for (Node.Member each : after.entries()) {
      Node known = members.get(each.name());
      Node both = known == null ? each.value() : merged(known, each.value());
      if (both == null) {
        return null;
      }
      members.put(each.name(), both);
    }
    return Json.of(members);
  }
}
