package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The schemas that describe the objects of each type: those that operations bound to the type show
/// and take, and wherever else the same schema is used.
public final class TypeSchemas {
  /// Where the items of a list stand that is the whole answer, or its lines.
  private static final PointerPattern EACH = new PointerPattern(List.of(new PointerPattern.Each()));

  private static final List<String> OWN =
      List.of("properties", "additionalProperties", "patternProperties", "allOf", "anyOf", "oneOf");

  private final References references;
  private final SchemaReach reach;
  private final Map<String, List<Obj>> byType = new LinkedHashMap<>();

  private TypeSchemas(References references) {
    this.references = references;
    this.reach = new SchemaReach(new Resolver(references));
  }

  /// The schemas by the type's name, each the one that has the object's members and no mere
  /// reference to it.
  public static Map<String, List<Obj>> of(List<Operation> operations, References references) {
    TypeSchemas schemas = new TypeSchemas(references);
    for (Operation operation : operations) {
      for (ObjectBinding binding : operation.objects().list()) {
        schemas.shown(operation, binding);
        schemas.taken(operation, binding);
      }
    }
    return schemas.byType;
  }

  /// The schemas of what responses show of one type.
  public static List<Obj> shown(
      List<Operation> operations, ObjectType type, References references) {
    TypeSchemas schemas = new TypeSchemas(references);
    for (Operation operation : operations) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.type().name().equals(type.name())) {
          schemas.shown(operation, binding);
        }
      }
    }
    return schemas.byType.getOrDefault(type.name(), List.of());
  }

  /// The schemas of what requests of these operations bring of one type.
  public static List<Obj> taken(
      List<Operation> operations, ObjectType type, References references) {
    TypeSchemas schemas = new TypeSchemas(references);
    for (Operation operation : operations) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.type().name().equals(type.name()) && binding.does() == Does.UPDATE) {
          schemas.taken(operation, binding);
        }
      }
    }
    return schemas.byType.getOrDefault(type.name(), List.of());
  }

  private void shown(Operation operation, ObjectBinding binding) {
    PointerPattern root = shownAt(binding);
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      boolean success = promised.status().startsWith("2") || promised.status().equals("default");
      for (Content.MediaType type : promised.content().types().values()) {
        SchemaSource source = type.schema();
        if (success && source != null && root != null) {
          boolean sure = binding.does().reads() || binding.does() == Does.CREATE;
          add(binding.type(), source.schema(), root, !sure || promised.status().equals("default"));
        }
        SchemaSource line = type.items();
        if (success && line != null && root != null && root.equals(EACH)) {
          add(binding.type(), line.schema(), PointerPattern.ROOT, false);
        }
      }
    }
  }

  /// Where a response shows the object; null where it shows none.
  public static @Nullable PointerPattern shownAt(ObjectBinding binding) {
    if (binding.items() instanceof Selector.ResponseBody(PointerPattern at)) {
      if (binding.does() == Does.READ) {
        return at;
      }
      return at.items();
    }
    if (binding.does() == Does.LIST || binding.does() == Does.AGGREGATE) {
      return null;
    }
    return binding.id() instanceof Selector.ResponseBody(PointerPattern at)
        ? around(at, binding.type())
        : PointerPattern.ROOT;
  }

  private void taken(Operation operation, ObjectBinding binding) {
    PointerPattern root = takenAt(binding);
    RequestBody body = operation.body();
    if (root == null || body == null) {
      return;
    }
    for (Content.MediaType type : body.content().types().values()) {
      SchemaSource source = type.schema();
      if (source != null && !type.range().equals("application/json-patch+json")) {
        add(binding.type(), source.schema(), root, false);
      }
    }
  }

  /// Where a request brings members of the object; null where it brings none.
  public static @Nullable PointerPattern takenAt(ObjectBinding binding) {
    return switch (binding.does()) {
      case CREATE, UPDATE, ACT ->
          binding.id() instanceof Selector.Body(PointerPattern at)
              ? around(at, binding.type())
              : PointerPattern.ROOT;
      case READ, LIST, DELETE, AGGREGATE -> null;
    };
  }

  /// The object whose id stands at a place.
  private static PointerPattern around(PointerPattern id, ObjectType type) {
    if (id.named()) {
      return id.items();
    }
    List<PointerPattern.Step> all = id.steps();
    List<PointerPattern.Step> own = type.id().at().steps();
    int from = all.size() - own.size();
    return from >= 0 && all.subList(from, all.size()).equals(own)
        ? new PointerPattern(all.subList(0, from))
        : PointerPattern.ROOT;
  }

  /// @param doubtful whether the schema counts only if it has the type's id
  private void add(ObjectType type, Node schema, PointerPattern root, boolean doubtful) {
    for (Node found : reach.nodes(schema, root)) {
      if (!doubtful
          || (reach.reach(found, type.id().at()) instanceof SchemaReach.Outcome.Reached reached
              && !reached.schemas().isEmpty())) {
        add(type.name(), found);
      }
    }
  }

  /// Of a choice each branch is the object.
  private void alternatives(String type, Obj schema) {
    for (String word : List.of("oneOf", "anyOf")) {
      for (Node branch : Nodes.items(schema.get(word))) {
        add(type, branch);
      }
    }
  }

  /// The very schema, and not one that says the same elsewhere.
  static boolean contains(List<Obj> schemas, Obj schema) {
    for (Obj each : schemas) {
      if (each == schema) {
        return true;
      }
    }
    return false;
  }

  /// The schema and, where it refers to another, that too.
  private void add(String type, Node schema) {
    Node at = schema;
    for (int steps = 0; steps < Resolver.MOST_STEPS && at instanceof Obj object; steps++) {
      Node reference = object.get("$ref");
      if (reference == null || OWN.stream().anyMatch(word -> object.get(word) != null)) {
        List<Obj> known = byType.computeIfAbsent(type, _ -> new ArrayList<>());
        if (!contains(known, object)) {
          known.add(object);
          alternatives(type, object);
        }
      }
      at =
          reference instanceof Node.Text text
                  && references.resolve(text.value(), text.place())
                      instanceof References.Resolution.Found(Node target)
              ? target
              : null;
    }
  }
}
