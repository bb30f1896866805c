package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Member;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An object while it is being made, whose values stand where they were inferred from.
final class Tree {
  private final Place place;
  private final Map<String, Member> members = new LinkedHashMap<>();

  Tree(Place place) {
    this.place = place;
  }

  Tree put(String name, Node value) {
    members.put(name, new Member(name, value.place(), value));
    return this;
  }

  Tree put(String name, String value) {
    return put(name, new Node.Text(place, value));
  }

  Tree put(String name, boolean value) {
    return put(name, new Node.Bool(place, value));
  }

  Tree put(String name, List<Node> items) {
    return put(name, new Node.Arr(place, items));
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  Obj object() {
    return new Obj(place, members);
  }
}
