package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns wishes for marks into schemas that promise nothing and only lead to the marked values.
///
/// `*` leads to each item and to each member, whether or not another wish names that member: who
/// sends a document chooses the names in it.
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

  /// Where a wish has come to on its way.
  private static final class Step {
    private final Map<String, Step> names = new LinkedHashMap<>();
    private @Nullable Step each;
    private long labels;

    private Step below(String token) {
      if (!token.equals("*")) {
        return names.computeIfAbsent(token, _ -> new Step());
      }
      Step known = each;
      if (known == null) {
        known = new Step();
        each = known;
      }
      return known;
    }
  }

  private Node build(List<Mark> wishes, Place place) {
    Step root = new Step();
    for (Mark mark : wishes) {
      Step at = root;
      for (String raw : tokens(mark.pointer())) {
        at = at.below(raw.replace("~1", "/").replace("~0", "~"));
      }
      at.labels |= 1L << mark.label();
    }
    return node(Set.of(root), place, new HashMap<>());
  }

  private static List<String> tokens(String pointer) {
    return pointer.isEmpty() ? List.of() : List.of(pointer.substring(1).split("/", -1));
  }

  /// The schema of a value to which several wishes lead.
  private Node node(Set<Step> steps, Place place, Map<Set<Step>, Node> made) {
    Node before = made.get(steps);
    if (before != null) {
      return before;
    }
    Node node = new Node.Obj(place, new LinkedHashMap<>());
    Facts here = Facts.ghost(node);
    facts.put(node, here);
    made.put(steps, node);
    Set<Step> each = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Step step : steps) {
      here.labels |= step.labels;
      names.addAll(step.names.keySet());
      if (step.each != null) {
        each.add(step.each);
      }
    }
    if (!each.isEmpty()) {
      here.items = node(each, place, made);
      here.additional = here.items;
    }
    for (String name : names) {
      Set<Step> below = new LinkedHashSet<>(each);
      for (Step step : steps) {
        Step named = step.names.get(name);
        if (named != null) {
          below.add(named);
        }
      }
      Node next = node(below, place, made);
      here.properties.put(name, next);
      index(here, name, next, place);
    }
    return node;
  }

  /// A number names an item of an array as well as a member.
  private void index(Facts here, String token, Node next, Place place) {
    if (!token.matches("0|[1-9][0-9]{0,2}")) {
      return;
    }
    int index = Math.min(Integer.parseInt(token), MOST_INDEX);
    List<Node> prefix = new ArrayList<>(here.prefix);
    while (prefix.size() <= index) {
      prefix.add(nothing(place));
    }
    prefix.set(index, next);
    here.prefix = prefix;
  }

  private Node nothing(Place place) {
    Node node = new Node.Obj(place, new LinkedHashMap<>());
    facts.put(node, Facts.ghost(node));
    return node;
  }
}
