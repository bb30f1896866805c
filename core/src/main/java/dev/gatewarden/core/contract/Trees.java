package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes to a tree, each giving a new one.
final class Trees {
  private Trees() {}

  /// What becomes of one value; null takes it out.
  interface Change {
    @Nullable Node of(Node node);
  }

  /// The tree with the value at that path changed; null when the root itself was taken out.
  static @Nullable Node changed(Node node, List<String> path, Change change) {
    if (path.isEmpty()) {
      return change.of(node);
    }
    List<String> rest = path.subList(1, path.size());
    return switch (node) {
      case Obj object -> member(object, path.getFirst(), rest, change);
      case Arr array -> item(array, Integer.parseInt(path.getFirst()), rest, change);
      default -> node;
    };
  }

  private static Obj member(Obj object, String name, List<String> rest, Change change) {
    Node.Member member = object.members().get(name);
    if (member == null) {
      return object;
    }
    Map<String, Node.Member> members = new LinkedHashMap<>(object.members());
    Node value = changed(member.value(), rest, change);
    if (value == null) {
      members.remove(name);
    } else {
      members.put(name, new Node.Member(name, member.namePlace(), value));
    }
    return new Obj(object.place(), members);
  }

  private static Arr item(Arr array, int index, List<String> rest, Change change) {
    if (index >= array.items().size()) {
      return array;
    }
    List<Node> items = new ArrayList<>(array.items());
    Node value = changed(items.get(index), rest, change);
    if (value == null) {
      items.remove(index);
    } else {
      items.set(index, value);
    }
    return new Arr(array.place(), items);
  }

  /// One value laid over another: maps member by member, lists joined, anything else replaced.
  static Node merged(Node below, Node above) {
    if (below instanceof Obj one && above instanceof Obj other) {
      Map<String, Node.Member> members = new LinkedHashMap<>(one.members());
      for (Node.Member member : other.entries()) {
        Node.Member known = members.get(member.name());
        members.put(
            member.name(),
            known == null
                ? member
                : new Node.Member(
                    member.name(), member.namePlace(), merged(known.value(), member.value())));
      }
      return new Obj(one.place(), members);
    }
    if (below instanceof Arr one && above instanceof Arr other) {
      List<Node> items = new ArrayList<>(one.items());
      items.addAll(other.items());
      return new Arr(one.place(), items);
    }
    return above;
  }
}
