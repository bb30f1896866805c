package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Every place of a document at which its schema declares a member of some name, however deep: what
/// stands for an object may be wrapped, listed or nested.
public final class SchemaPlaces {
  private static final int DEEPEST = 6;
  private static final int MOST = 64;

  private final SchemaReach reach;
  private final PointerPattern member;
  private final List<PointerPattern> found = new ArrayList<>();
  private final Set<Node> above = Collections.newSetFromMap(new IdentityHashMap<>());

  private SchemaPlaces(SchemaSource source, PointerPattern member) {
    this.reach = new SchemaReach(new Resolver(source.references()));
    this.member = member;
  }

  /// The places, from the root of the document.
  ///
  /// @param member from whatever object holds it; at least one step
  public static List<PointerPattern> of(SchemaSource source, PointerPattern member) {
    SchemaPlaces places = new SchemaPlaces(source, member);
    places.walk(places.reach.expanded(List.of(source.schema())), PointerPattern.ROOT);
    return places.found;
  }

  private void walk(List<Obj> here, PointerPattern at) {
    if (found.size() >= MOST) {
      return;
    }
    if (declares(here)) {
      found.add(at.then(member));
    }
    if (at.steps().size() == DEEPEST) {
      return;
    }
    Map<PointerPattern.Step, List<Node>> below = new LinkedHashMap<>();
    for (Obj schema : here) {
      below(schema).forEach((step, node) -> add(below, step, node));
    }
    below.forEach((step, schemas) -> down(schemas, at.then(new PointerPattern(List.of(step)))));
  }

  private void down(List<Node> schemas, PointerPattern at) {
    List<Obj> next = reach.expanded(schemas);
    List<Obj> entered = new ArrayList<>();
    for (Obj each : next) {
      if (above.add(each)) {
        entered.add(each);
      }
    }
    if (!entered.isEmpty()) {
      walk(next, at);
      entered.forEach(above::remove);
    }
  }

  private static void add(
      Map<PointerPattern.Step, List<Node>> below, PointerPattern.Step step, List<Node> schemas) {
    below.computeIfAbsent(step, _ -> new ArrayList<>()).addAll(schemas);
  }

  private static Map<PointerPattern.Step, List<Node>> below(Obj schema) {
    Map<PointerPattern.Step, List<Node>> below = new LinkedHashMap<>();
    Obj properties = Nodes.object(schema, "properties");
    if (properties != null) {
      for (Node.Member property : properties.entries()) {
        add(below, new PointerPattern.Name(property.name()), List.of(property.value()));
      }
    }
    List<Node> items = new ArrayList<>(Nodes.items(schema.get("prefixItems")));
    if (schema.get("items") instanceof Obj each) {
      items.add(each);
    }
    items.addAll(SchemaReach.further(List.of(schema)).schemas());
    if (!items.isEmpty()) {
      add(below, new PointerPattern.Each(), items);
    }
    return below;
  }

  private boolean declares(List<Obj> here) {
    List<Obj> at = here;
    for (PointerPattern.Step step : member.steps()) {
      List<Node> next = new ArrayList<>();
      for (Obj schema : at) {
        next.addAll(below(schema).getOrDefault(step, List.of()));
      }
      if (next.isEmpty()) {
        return false;
      }
      at = reach.expanded(next);
    }
    return true;
  }
}
