package dev.gatewarden.core.finding;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every schema that parameters, requests and responses are made of, once each however often it is
/// referred to, with the operations that use it.
public final class Shapes {
  private static final List<String> SAME_VALUE = List.of("allOf", "anyOf", "oneOf");
  private static final List<String> SAME_VALUE_TOO = List.of("if", "then", "else");

  /// Which way a value goes.
  public enum Way {
    PATH,
    PARAMETER,
    REQUEST,
    RESPONSE
  }

  /// One schema as it is written.
  ///
  /// @param schema it may be a `$ref`, alone or with words beside it
  /// @param name as people call it: `Order.lines[].note`
  /// @param property the nearest property or parameter it describes, or null
  /// @param parent the schema it stands in, or null
  public record Shape(
      Node.Obj schema, String name, @Nullable String property, @Nullable Shape parent, Unit unit) {

    /// Whether it is only a reference to another.
    public boolean reference() {
      return schema.get("$ref") instanceof Node.Text;
    }

    public Place place() {
      return schema.place();
    }
  }

  /// Schemas that stand in one another, from one that is used or referred to.
  public static final class Unit {
    private final List<Shape> shapes = new ArrayList<>();
    private final List<Unit> refersTo = new ArrayList<>();
    private final Map<Way, BitSet> users = new java.util.EnumMap<>(Way.class);

    private BitSet users(Way way) {
      return users.computeIfAbsent(way, _ -> new BitSet());
    }

    public List<Shape> shapes() {
      return shapes;
    }
  }

  private final Audited contract;
  private final Map<Node, Unit> units = new IdentityHashMap<>();
  private final List<Unit> order = new ArrayList<>();

  Shapes(Audited contract) {
    this.contract = contract;
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        Node schema = parameter.schema().schema();
        Way way = parameter.in() == Parameter.In.PATH ? Way.PATH : Way.PARAMETER;
        use(schema, parameter.name(), parameter.name(), way, operation);
      }
      RequestBody body = operation.body();
      if (body != null) {
        use(body.content(), "the body of " + operation.id().name(), Way.REQUEST, operation);
      }
      for (Responses.Promised each : operation.responses().byStatus().values()) {
        String name = "answer " + each.status() + " of " + operation.id().name();
        use(each.content(), name, Way.RESPONSE, operation);
      }
    }
  }

  private void use(Content content, String name, Way way, Operation operation) {
    for (Content.MediaType type : content.types().values()) {
      if (type.schema() != null) {
        use(type.schema().schema(), name, null, way, operation);
      }
      if (type.items() != null) {
        use(type.items().schema(), name, null, way, operation);
      }
    }
  }

  private void use(
      Node schema, String name, @Nullable String property, Way way, Operation operation) {
    Unit first = unit(schema, name, property);
    Deque<Unit> open = new ArrayDeque<>();
    open.add(first);
    while (!open.isEmpty()) {
      Unit unit = open.poll();
      BitSet users = unit.users(way);
      if (!users.get(operation.index())) {
        users.set(operation.index());
        open.addAll(unit.refersTo);
      }
    }
  }

  private Unit unit(Node schema, String name, @Nullable String property) {
    Unit known = units.get(schema);
    if (known != null) {
      return known;
    }
    Unit unit = new Unit();
    units.put(schema, unit);
    order.add(unit);
    if (schema instanceof Node.Obj object) {
      walk(object, name, property, null, unit);
    }
    return unit;
  }

  private void walk(
      Node.Obj schema, String name, @Nullable String property, @Nullable Shape parent, Unit unit) {
    Shape shape = new Shape(schema, name, property, parent, unit);
    unit.shapes.add(shape);
    if (schema.get("$ref") instanceof Node.Text) {
      Node target = contract.follow(schema);
      if (target != null && target != schema) {
        unit.refersTo.add(unit(target, nameOf(target, name), null));
      }
    }
    Node.Obj properties = Tree.object(schema, "properties");
    if (properties != null) {
      for (Node.Member member : properties.entries()) {
        below(member.value(), name + "." + member.name(), member.name(), shape);
      }
    }
    for (String word : SAME_VALUE) {
      Tree.items(schema.get(word)).forEach(each -> below(each, name, property, shape));
    }
    for (String word : SAME_VALUE_TOO) {
      below(schema.get(word), name, property, shape);
    }
    below(schema.get("items"), name + "[]", property, shape);
    Tree.items(schema.get("prefixItems"))
        .forEach(each -> below(each, name + "[]", property, shape));
    below(schema.get("additionalProperties"), name + ".*", null, shape);
    Node.Obj patterns = Tree.object(schema, "patternProperties");
    if (patterns != null) {
      patterns.entries().forEach(each -> below(each.value(), name + ".*", null, shape));
    }
  }

  private void below(@Nullable Node node, String name, @Nullable String property, Shape parent) {
    if (node instanceof Node.Obj object) {
      walk(object, name, property, parent, parent.unit());
    }
  }

  /// What is referred to has a name of its own.
  private static String nameOf(Node target, String otherwise) {
    return target.place().path() instanceof Place.Path.Step(Place.Path parent, String token)
            && parent instanceof Place.Path.Step(var _, String group)
            && (group.equals("schemas") || group.equals("definitions"))
        ? token
        : otherwise;
  }

  /// All of them, those of the first operations first.
  public List<Shape> all() {
    List<Shape> all = new ArrayList<>();
    order.forEach(unit -> all.addAll(unit.shapes));
    return all;
  }

  /// Those that travel that way.
  public List<Shape> all(Way way) {
    List<Shape> all = new ArrayList<>();
    for (Unit unit : order) {
      if (!unit.users(way).isEmpty()) {
        all.addAll(unit.shapes);
      }
    }
    return all;
  }

  /// The operations in which a schema travels that way.
  public List<Operation> operations(Shape shape, Way way) {
    return shape.unit().users(way).stream().mapToObj(contract.operations()::get).toList();
  }

  /// What each operation has of a kind, by its index.
  interface Seen {
    void at(Shape shape, Way way, BitSet operations);
  }

  void each(Seen seen) {
    for (Unit unit : order) {
      unit.users.forEach((way, users) -> unit.shapes.forEach(shape -> seen.at(shape, way, users)));
    }
  }
}
