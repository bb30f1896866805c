package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.SchemaReach.Next;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Member;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lays what types say of their properties over the schemas of their objects, as if it had been
/// written there: everything that reads schemas then finds it.
///
/// A schema gets an `allOf` that leads to the property and promises nothing. So the words hold
/// wherever that schema is used, at any depth, and nowhere else.
final class PropertyStage {
  private final TypeReader types;
  private final Documents documents;
  private final SchemaReach reach;
  private final Notes notes;
  private final IdentityHashMap<Node, List<Node>> laid = new IdentityHashMap<>();

  PropertyStage(TypeReader types, Documents documents, Notes notes) {
    this.types = types;
    this.documents = documents;
    this.reach = new SchemaReach(new Resolver(documents));
    this.notes = notes;
  }

  /// Finds where the properties of all types stand; what no schema can contain is a problem.
  ///
  /// @param owned whether it takes the object to tell who may see some property, so that objects
  ///     within others have to be found, with their owners
  /// @return whether any schema has to change
  boolean find(List<Operation> operations, boolean owned) {
    Map<String, List<Obj>> schemas = TypeSchemas.of(operations, documents);
    types.properties().forEach((type, each) -> find(type, each, all(type, schemas)));
    if (owned) {
      types.types().values().forEach(type -> parts(type, all(type.name(), schemas)));
    }
    types.types().values().forEach(type -> ids(type, schemas));
    return !laid.isEmpty();
  }

  /// Marks objects of a type where they stand within others, and whose they are.
  private void parts(ObjectType type, List<Obj> schemas) {
    part(PointerPattern.ROOT, "object " + type.name(), type, schemas);
    PointerPattern owner = type.owner() == null ? null : type.owner().at();
    if (owner != null) {
      part(owner, "owner " + type.name(), type, schemas);
    }
    PointerPattern tenant = type.tenant() == null ? null : type.tenant().at();
    if (tenant != null) {
      part(tenant, "tenant " + type.name(), type, schemas);
    }
  }

  /// Marks where ids of opaque types stand in objects of a type: its own, and those it refers to.
  private void ids(ObjectType type, Map<String, List<Obj>> schemas) {
    List<ObjectType.Reference> references = new ArrayList<>(type.references());
    references.add(new ObjectType.Reference(type.name(), type.id().at()));
    type.parents().forEach((name, at) -> references.add(new ObjectType.Reference(name, at)));
    references.removeIf(each -> !isOpaque(each.type()));
    List<Obj> all = references.isEmpty() ? List.of() : all(type.name(), schemas);
    for (ObjectType.Reference each : references) {
      ObjectType of = types.types().get(each.type());
      if (of != null) {
        part(each.at(), "id " + of.name(), type, all);
        promised(each.at(), of, all);
      }
    }
  }

  private boolean isOpaque(String type) {
    ObjectType known = types.types().get(type);
    return known != null && known.opaque();
  }

  /// The contract is what callers are promised: where it describes the id, it describes theirs.
  private void promised(PointerPattern at, ObjectType of, List<Obj> schemas) {
    String type = of.publicId().type();
    for (Obj schema : schemas) {
      if (type != null
          && reach.reach(schema, at) instanceof SchemaReach.Outcome.Reached reached
          && !reached.mayBe(type)
          && !(type.equals("integer") && (reached.mayBe("number") || reached.mayBe("string")))) {
        Place place = reached.schemas().getFirst().place();
        String message =
            "callers get ids of `"
                + of.name()
                + "` as "
                + (type.equals("string") ? "a text" : "an integer")
                + ", and the contract promises "
                + String.join(" or ", reached.types());
        if (notes.problems().stream().noneMatch(each -> each.place().equals(place))) {
          notes.problem(place, message, advice(of));
        }
      }
    }
  }

  private static String advice(ObjectType of) {
    return switch (of.publicId()) {
      case PublicId.Uuid() ->
          "write `type: string, format: uuid` here, or `public-id: {as: integer}` at the type";
      case PublicId.Text() -> "write `type: string` here";
      case PublicId.Number _, PublicId.Own _ -> "write `type: integer` here";
    };
  }

  private void part(PointerPattern at, String part, ObjectType type, List<Obj> schemas) {
    Obj words = map(type.place(), Map.of("part", new Node.Text(type.place(), part)));
    TypeProperty property = new TypeProperty(at, words, type.place());
    for (Obj schema : schemas) {
      Node over = over(reach.expanded(List.of(schema)), property, 0, new Barred());
      if (over != null) {
        laid.computeIfAbsent(schema, _ -> new ArrayList<>()).add(over);
      }
    }
  }

  private List<Obj> all(String type, Map<String, List<Obj>> schemas) {
    List<Obj> all = new ArrayList<>(schemas.getOrDefault(type, List.of()));
    for (Node.Text name : types.schemas().getOrDefault(type, List.of())) {
      References.Resolution found =
          documents.resolve("#/components/schemas/" + name.value(), name.place());
      if (found instanceof References.Resolution.Found(Obj schema)) {
        if (!TypeSchemas.contains(all, schema)) {
          all.add(schema);
        }
      } else {
        Obj components = Nodes.object(Nodes.object(documents.root()), "components");
        Obj known = Nodes.object(components, "schemas");
        notes.problem(
            name.place(),
            "there is no schema `" + Nodes.shown(name.value()) + "`",
            known == null ? "" : Nearest.advice(name.value(), known.members().keySet()));
      }
    }
    return all;
  }

  private void find(String type, List<TypeProperty> properties, List<Obj> schemas) {
    for (TypeProperty property : properties) {
      Barred barred = new Barred();
      boolean any = false;
      for (Obj schema : schemas) {
        Node over = over(reach.expanded(List.of(schema)), property, 0, barred);
        if (over != null) {
          laid.computeIfAbsent(schema, _ -> new ArrayList<>()).add(over);
          any = true;
        }
      }
      if (!any) {
        missing(type, property, schemas.isEmpty(), barred);
      }
    }
  }

  private void missing(String type, TypeProperty property, boolean nowhere, Barred barred) {
    notes.problem(
        property.place(),
        nowhere
            ? "no operation shows or takes a `" + Nodes.shown(type) + "` with a schema"
            : "`"
                + property.at()
                + "` selects nothing: no schema of a `"
                + Nodes.shown(type)
                + "` has `"
                + Nodes.shown(barred.step)
                + "` there",
        nowhere ? "name its schemas: `schemas: [ORDER]`" : barred.advice);
  }

  /// The step at which a pointer led nowhere.
  private static final class Barred {
    String step = "";
    String advice = "";
    private int depth = -1;

    /// The furthest counts, and of those one that is near to a name.
    void at(int step, String name, String near) {
      if (step > depth || (step == depth && advice.isEmpty())) {
        this.step = name;
        advice = near;
        depth = step;
      }
    }
  }

  /// The schema that leads from here to the property; null where it cannot stand below.
  private @Nullable Node over(List<Obj> here, TypeProperty property, int step, Barred barred) {
    List<PointerPattern.Step> steps = property.at().steps();
    if (step == steps.size()) {
      return words(property);
    }
    Map<String, Member> members = new LinkedHashMap<>();
    switch (steps.get(step)) {
      case PointerPattern.Name(String name) -> {
        Next next = SchemaReach.member(here, name);
        Node below = below(next, property, step, name, barred);
        if (below == null) {
          return null;
        }
        put(members, "properties", map(property.place(), Map.of(name, below)));
        // an object of which nothing was said stays open
        if (next.schemas().isEmpty()) {
          put(members, "additionalProperties", new Node.Bool(property.place(), true));
        }
      }
      case PointerPattern.Each() -> each(here, property, step, members, barred);
      case PointerPattern.EachName() -> {}
    }
    return members.isEmpty() ? null : new Obj(property.place(), members);
  }

  private @Nullable Node below(
      Next next, TypeProperty property, int step, String name, Barred barred) {
    if (next.schemas().isEmpty() && !next.open()) {
      barred.at(step, name, next.advice());
      return null;
    }
    return over(reach.expanded(next.schemas()), property, step + 1, barred);
  }

  /// Each item of an array and each member of a map; of an object, each that it declares.
  private void each(
      List<Obj> here, TypeProperty property, int step, Map<String, Member> members, Barred barred) {
    Next items = SchemaReach.items(here);
    Node item = below(items, property, step, "*", barred);
    if (item != null) {
      put(members, "items", item);
    }
    Map<String, Node> named = new LinkedHashMap<>();
    for (String name : SchemaReach.declared(here)) {
      Node below = below(SchemaReach.member(here, name), property, step, name, barred);
      if (below != null) {
        named.put(name, below);
      }
    }
    if (!named.isEmpty()) {
      put(members, "properties", map(property.place(), named));
    }
    Next further = SchemaReach.further(here);
    if (further.open() || !further.schemas().isEmpty()) {
      Node below = over(reach.expanded(further.schemas()), property, step + 1, barred);
      if (below != null) {
        put(members, "additionalProperties", below);
      }
    }
  }

  private static Node words(TypeProperty property) {
    Map<String, Member> members = new LinkedHashMap<>();
    for (Member word : property.words().entries()) {
      String name = Extensions.PREFIX + word.name();
      members.put(name, new Member(name, word.namePlace(), word.value()));
    }
    return new Obj(property.place(), members);
  }

  private static Obj map(Place place, Map<String, Node> nodes) {
    Map<String, Member> members = new LinkedHashMap<>();
    nodes.forEach((name, node) -> put(members, name, node));
    return new Obj(place, members);
  }

  private static void put(Map<String, Member> members, String name, Node node) {
    members.put(name, new Member(name, node.place(), node));
  }

  /// Changes the documents; what was read of them before is old from then on.
  void apply() {
    documents.rewrite(this::rewritten);
  }

  private Node rewritten(Node node) {
    return switch (node) {
      case Obj object -> laidOver(object);
      case Arr(Place place, List<Node> items) -> {
        List<Node> changed = new ArrayList<>(items.size());
        boolean any = false;
        for (Node item : items) {
          Node other = rewritten(item);
          any |= other != item;
          changed.add(other);
        }
        yield any ? new Arr(place, changed) : node;
      }
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> node;
    };
  }

  private Obj laidOver(Obj object) {
    Map<String, Member> members = null;
    for (Member member : object.entries()) {
      Node other = rewritten(member.value());
      if (other != member.value()) {
        members = members == null ? new LinkedHashMap<>(object.members()) : members;
        members.put(member.name(), new Member(member.name(), member.namePlace(), other));
      }
    }
    List<Node> over = laid.get(object);
    if (over != null) {
      members = members == null ? new LinkedHashMap<>(object.members()) : members;
      Member known = members.get("allOf");
      List<Node> all = new ArrayList<>(known == null ? List.of() : Nodes.items(known.value()));
      all.addAll(over);
      put(members, "allOf", new Arr(object.place(), all));
    }
    return members == null ? object : new Obj(object.place(), members);
  }
}
