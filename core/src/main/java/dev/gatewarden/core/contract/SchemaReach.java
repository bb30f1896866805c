package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tells what schema stands where a pointer leads inside the values of another schema.
///
/// A member counts as possible when some branch of the schema names it or allows further members in
/// so many words; that a schema merely does not forbid it is not enough, for then a misspelt
/// pointer would never be noticed.
final class SchemaReach {
  private static final List<String> BRANCHES = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SINGLE = List.of("if", "then", "else");

  private final Resolver resolver;

  SchemaReach(Resolver resolver) {
    this.resolver = resolver;
  }

  /// What a pointer came to.
  sealed interface Outcome {

    /// The schemas that may describe the value, none when any value may stand there.
    record Reached(List<Obj> schemas) implements Outcome {

      /// The types the value may have; empty means any.
      Set<String> types() {
        Set<String> types = new TreeSet<>();
        schemas.forEach(schema -> addTypes(schema, types));
        return types;
      }

      /// Whether the value may be of that type.
      boolean mayBe(String type) {
        Set<String> types = types();
        return types.isEmpty() || types.contains(type);
      }
    }

    /// No such value can stand there.
    record Barred(String step, String advice) implements Outcome {}
  }

  Outcome reach(Node schema, PointerPattern at) {
    List<Obj> here = expanded(List.of(schema));
    for (PointerPattern.Step step : at.steps()) {
      Next next =
          switch (step) {
            case PointerPattern.Name(String name) -> member(here, name);
            case PointerPattern.Each() -> each(here);
            case PointerPattern.EachName() -> names(here);
          };
      if (next.schemas().isEmpty() && !next.open()) {
        String shown = step instanceof PointerPattern.Name(String name) ? name : "*";
        return new Outcome.Barred(shown, next.advice());
      }
      here = expanded(next.schemas());
    }
    return new Outcome.Reached(here);
  }

  /// The schemas at a place below another, as written, without the branches of the last.
  List<Node> nodes(Node schema, PointerPattern at) {
    List<Node> nodes = List.of(schema);
    for (PointerPattern.Step step : at.steps()) {
      List<Obj> here = expanded(nodes);
      nodes =
          switch (step) {
            case PointerPattern.Name(String name) -> member(here, name).schemas();
            case PointerPattern.Each() -> each(here).schemas();
            case PointerPattern.EachName() -> List.<Node>of();
          };
    }
    return nodes;
  }

  /// One step down.
  ///
  /// @param open whether any value may stand there
  record Next(List<Node> schemas, boolean open, String advice) {}

  /// The names that some of the schemas declare.
  static Set<String> declared(List<Obj> here) {
    Set<String> names = new TreeSet<>();
    for (Obj schema : here) {
      Obj properties = Nodes.object(schema, "properties");
      if (properties != null) {
        names.addAll(properties.members().keySet());
      }
    }
    return names;
  }

  /// What stands under names that none of the schemas declares.
  static Next further(List<Obj> here) {
    List<Node> next = new ArrayList<>();
    boolean open = false;
    for (Obj schema : here) {
      Obj patterns = Nodes.object(schema, "patternProperties");
      if (patterns != null) {
        patterns.entries().forEach(each -> next.add(each.value()));
      }
      Node rest = schema.get("additionalProperties");
      if (rest instanceof Obj) {
        next.add(rest);
      }
      open |= Nodes.isTrue(rest);
    }
    return new Next(next, open, "");
  }

  static Next member(List<Obj> here, String name) {
    List<Node> next = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    boolean open = false;
    boolean silent = mayBe(here, "object");
    for (Obj schema : here) {
      Obj properties = Nodes.object(schema, "properties");
      Node property = properties == null ? null : properties.get(name);
      if (property != null) {
        next.add(property);
        continue;
      }
      if (properties != null) {
        known.addAll(properties.members().keySet());
      }
      Obj patterns = Nodes.object(schema, "patternProperties");
      if (patterns != null) {
        patterns.entries().forEach(each -> next.add(each.value()));
      }
      Node further = schema.get("additionalProperties");
      if (further instanceof Obj) {
        next.add(further);
      }
      open |= Nodes.isTrue(further);
      silent &= properties == null && further == null && schema.get("items") == null;
    }
    return new Next(next, open || silent, Nearest.advice(name, known));
  }

  static Next items(List<Obj> here) {
    List<Node> next = new ArrayList<>();
    boolean open = false;
    boolean silent = mayBe(here, "array");
    for (Obj schema : here) {
      Node items = schema.get("items");
      if (items instanceof Obj) {
        next.add(items);
      }
      next.addAll(Nodes.items(schema.get("prefixItems")));
      open |= Nodes.isTrue(items);
      silent &= items == null && schema.get("properties") == null;
    }
    return new Next(next, open || silent, "`*` stands for the items of a list");
  }

  /// What stands in a list, and in a map under names that its schema does not tell.
  static Next each(List<Obj> here) {
    Next items = items(here);
    Next members = mayBe(here, "object") ? further(here) : new Next(List.of(), false, "");
    List<Node> all = new ArrayList<>(items.schemas());
    all.addAll(members.schemas());
    return new Next(
        all,
        items.open() || members.open(),
        "`*` stands for the items of a list, and for the members of a map"
            + " (`additionalProperties`)");
  }

  /// The names of a map's members.
  private static Next names(List<Obj> here) {
    Next members = further(here);
    boolean map = members.open() || !members.schemas().isEmpty();
    return new Next(
        List.of(),
        mayBe(here, "object") && map,
        "`*#` stands for the names in a map (`additionalProperties`)");
  }

  private static boolean mayBe(List<Obj> here, String type) {
    Set<String> types = new TreeSet<>();
    here.forEach(schema -> addTypes(schema, types));
    return types.isEmpty() || types.contains(type);
  }

  private static void addTypes(Obj schema, Set<String> types) {
    Node type = schema.get("type");
    if (type instanceof Node.Text text) {
      types.add(text.value());
    }
    for (Node each : Nodes.items(type)) {
      if (each instanceof Node.Text text) {
        types.add(text.value());
      }
    }
  }

  /// What is said of an event's data; null where nothing is.
  static @Nullable Node data(List<Obj> event) {
    for (Obj schema : event) {
      Obj properties = Nodes.object(schema, "properties");
      Node data = properties == null ? null : properties.get("data");
      if (data != null) {
        return data;
      }
    }
    return null;
  }

  /// What is said of a document in a text; null where nothing is.
  @Nullable Node content(Node text) {
    for (Obj schema : expanded(List.of(text))) {
      Node content = schema.get("contentSchema");
      if (content != null) {
        return content;
      }
    }
    return null;
  }

  /// The schemas and all their branches, references followed.
  List<Obj> expanded(List<Node> schemas) {
    Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Obj> all = new ArrayList<>();
    schemas.forEach(each -> expand(each, visited, all, 0));
    return all;
  }

  private void expand(Node schema, Set<Node> visited, List<Obj> all, int depth) {
    if (!(schema instanceof Obj object) || depth > Resolver.MOST_STEPS || !visited.add(schema)) {
      return;
    }
    if (object.get("$ref") instanceof Node.Text) {
      Node target = resolver.follow(object);
      if (target != null) {
        expand(target, visited, all, depth + 1);
      }
      if (object.members().size() == 1) {
        return;
      }
    }
    all.add(object);
    for (String branch : BRANCHES) {
      Nodes.items(object.get(branch)).forEach(each -> expand(each, visited, all, depth + 1));
    }
    for (String branch : SINGLE) {
      Node each = object.get(branch);
      if (each != null) {
        expand(each, visited, all, depth + 1);
      }
    }
  }
}
