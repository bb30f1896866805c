package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.SchemaReach.Next;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.schema.NearNames;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A place in the values that some schemas describe, and where it leads: for who follows a pointer
/// that a caller sends. Made when a contract is loaded; a schema that contains itself leads to a
/// place that leads to itself.
///
/// A member counts as possible as it does for selectors: where some branch of the schemas declares
/// it, or lets further members in.
public final class PropertyNode {
  /// More places than any object of a contract has.
  private static final int MOST = 20_000;

  private final List<Obj> schemas;
  private final Map<String, PropertyNode> named = new LinkedHashMap<>();
  private @Nullable PropertyNode further;
  private @Nullable PropertyNode item;
  private @Nullable NearNames near;

  private PropertyNode(List<Obj> schemas) {
    this.schemas = schemas;
  }

  /// The place of whole values.
  public static PropertyNode of(Collection<? extends Node> schemas, References references) {
    return new Making(new SchemaReach(new Resolver(references))).whole(List.copyOf(schemas));
  }

  /// What describes a value that stands here, references and branches followed; nothing where
  /// anything may stand here.
  public List<Obj> schemas() {
    return schemas;
  }

  /// The members that the schemas declare, by name.
  public Map<String, PropertyNode> named() {
    return named;
  }

  /// Where members lead that nobody declares; null where there can be none.
  public @Nullable PropertyNode further() {
    return further;
  }

  /// Where items lead; null where there can be none.
  public @Nullable PropertyNode item() {
    return item;
  }

  /// Where the member of a name leads; null where there can be none, or where some readers would
  /// take the name for another one.
  public @Nullable PropertyNode member(String name) {
    PropertyNode known = named.get(name);
    return known != null || near == null || near.resembles(name) ? known : further;
  }

  /// Makes the places of some schemas, each once.
  private static final class Making {
    private final SchemaReach reach;
    private final IdentityHashMap<Obj, Integer> numbers = new IdentityHashMap<>();
    private final Map<List<Integer>, PropertyNode> known = new HashMap<>();
    private final Deque<PropertyNode> open = new ArrayDeque<>();
    private final PropertyNode anything = new PropertyNode(List.of());

    Making(SchemaReach reach) {
      this.reach = reach;
      anything.further = anything;
      anything.item = anything;
      anything.near = new NearNames(List.of());
    }

    PropertyNode whole(List<Node> schemas) {
      PropertyNode whole = place(schemas);
      while (!open.isEmpty()) {
        lead(open.remove());
      }
      return whole;
    }

    private PropertyNode place(List<Node> schemas) {
      List<Obj> here = reach.expanded(schemas);
      if (here.isEmpty()) {
        return anything;
      }
      List<Integer> key = new ArrayList<>(here.size());
      for (Obj schema : here) {
        key.add(numbers.computeIfAbsent(schema, _ -> numbers.size()));
      }
      key.sort(null);
      PropertyNode place = known.get(key);
      if (place == null) {
        place = new PropertyNode(here);
        known.put(key, place);
        if (known.size() < MOST) {
          open.add(place);
        }
      }
      return place;
    }

    private void lead(PropertyNode place) {
      List<Obj> here = place.schemas;
      for (String name : SchemaReach.declared(here)) {
        place.named.put(name, place(SchemaReach.member(here, name).schemas()));
      }
      Next further = SchemaReach.member(here, "\0");
      if (further.open() || !further.schemas().isEmpty()) {
        place.further = place(further.schemas());
        place.near = new NearNames(place.named.keySet());
      }
      Next items = SchemaReach.items(here);
      if (items.open() || !items.schemas().isEmpty()) {
        place.item = place(items.schemas());
      }
    }
  }
}
