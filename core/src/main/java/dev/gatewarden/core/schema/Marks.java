package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns wishes for marks into schemas that promise nothing and only lead to the marked values.
final class Marks {
  private static final int MOST_INDEX = 1_000;

  private final IdentityHashMap<Node, Facts> facts;
  private final Map<List<Mark>, Node> known = new HashMap<>();

  Marks(IdentityHashMap<Node, Facts> facts) {
    this.facts = facts;
  }

  /// The schema that leads to some marks; the same wishes give the same schema.
  Node path(List<Mark> wishes, Place place) {
    return known.computeIfAbsent(List.copyOf(wishes), key -> build(key, place));
  }

  void forget() {
    known.clear();
  }

  private Node build(List<Mark> wishes, Place place) {
    Node root = step(place);
    for (Mark mark : wishes) {
      Node at = root;
      for (String raw : tokens(mark.pointer())) {
        at = below(at, raw.replace("~1", "/").replace("~0", "~"), place);
      }
      ghost(at).labels |= 1L << mark.label();
    }
    return root;
  }

  private static List<String> tokens(String pointer) {
    return pointer.isEmpty() ? List.of() : List.of(pointer.substring(1).split("/", -1));
  }

  private Node below(Node at, String token, Place place) {
    Facts here = ghost(at);
    if (token.equals("*")) {
      if (here.items == null) {
        here.items = step(place);
      }
      return here.items;
    }
    Node next = here.properties.get(token);
    if (next == null) {
      next = step(place);
      here.properties.put(token, next);
      index(here, token, next, place);
    }
    return next;
  }

  /// A number names an item of an array as well as a member.
  private void index(Facts here, String token, Node next, Place place) {
    if (!token.matches("0|[1-9][0-9]{0,2}")) {
      return;
    }
    int index = Math.min(Integer.parseInt(token), MOST_INDEX);
    List<Node> prefix = new ArrayList<>(here.prefix);
    while (prefix.size() <= index) {
      prefix.add(step(place));
    }
    prefix.set(index, next);
    here.prefix = prefix;
  }

  private Facts ghost(Node node) {
    Facts found = facts.get(node);
    if (found == null) {
      throw new IllegalStateException("a step without facts");
    }
    return found;
  }

  private Node step(Place place) {
    Node node = new Node.Obj(place, new LinkedHashMap<>());
    facts.put(node, Facts.ghost(node));
    return node;
  }
}
