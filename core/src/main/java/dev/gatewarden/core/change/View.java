package dev.gatewarden.core.change;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A schema as one list of demands: references followed, `allOf` and choices of one laid together,
/// so that the same promise looks the same however it is written.
final class View {
  /// What may stand in a schema's place beside the demands with members of their own.
  private static final Set<String> STRUCTURES =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "contains",
          "minContains",
          "maxContains",
          "patternProperties",
          "propertyNames",
          "dependentRequired",
          "dependentSchemas",
          "dependencies",
          "prefixItems",
          "additionalItems",
          "unevaluatedItems",
          "discriminator",
          "$dynamicRef");

  private static final Set<String> UPPER =
      Set.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final Set<String> LOWER =
      Set.of("minimum", "minLength", "minItems", "minProperties");
  private static final Set<String> RULES = Set.of("pattern", "format", "multipleOf", "uniqueItems");

  /// Formats that say how to show a value, and nothing of what it may be.
  private static final Set<String> SHOWN = Set.of("password", "html", "commonmark", "markdown");

  /// How far fields that no schema names may come, from not at all to freely.
  enum Openness {
    CLOSED,
    UNSAID,
    TYPED,
    OPEN
  }

  /// A bound of a number, a length or a count.
  record Bound(BigDecimal value, boolean exclusive, Place place) {

    /// Above zero where this lets more pass than the other, below where it lets less.
    int room(Bound other, boolean upper) {
      int order = upper ? value.compareTo(other.value) : other.value.compareTo(value);
      return order != 0 ? order : Boolean.compare(other.exclusive, exclusive);
    }

    String shown() {
      return value.stripTrailingZeros().toPlainString();
    }
  }

  /// A choice among schemas.
  ///
  /// @param one whether exactly one must fit
  record Choice(boolean one, List<Node> branches, Place place) {}

  final List<Obj> parts = new ArrayList<>();
  final Map<String, List<Node>> properties = new LinkedHashMap<>();
  final Map<String, Place> required = new LinkedHashMap<>();
  final Map<String, Bound> upper = new HashMap<>();
  final Map<String, Bound> lower = new HashMap<>();
  final Map<String, Map<String, Place>> rules = new HashMap<>();
  final Map<String, List<Node>> structures = new HashMap<>();
  final Map<String, Node> words = new HashMap<>();
  final List<Node> items = new ArrayList<>();
  final List<Node> additional = new ArrayList<>();
  final List<Choice> choices = new ArrayList<>();
  @Nullable Map<String, Node> values;
  @Nullable Node preset;
  @Nullable Place typePlace;
  @Nullable Place openPlace;
  Openness openness = Openness.UNSAID;
  int types = Types.ALL;
  boolean readOnly;
  boolean writeOnly;
  boolean deprecated;

  /// The one schema this is, where it stands in a choice of one and nothing stands beside the
  /// choice; else null.
  @Nullable Node alone;

  /// Whether null fits because a choice says so.
  boolean nullToo;

  private final Side side;
  private final Set<Node> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private View(Side side) {
    this.side = side;
  }

  /// The view of schemas that must all fit; of none, anything fits.
  static View of(Side side, List<Node> schemas) {
    View view = new View(side);
    schemas.forEach(view::expand);
    view.fold();
    if (view.values != null) {
      int listed = 0;
      for (Node value : view.values.values()) {
        listed |= Types.of(value);
      }
      view.types &= listed;
    }
    if (view.nullToo) {
      view.types |= Types.NULL;
    }
    return view;
  }

  private void expand(Node node) {
    if (node instanceof Node.Bool(Place place, boolean anything)) {
      if (!anything) {
        types = 0;
        typePlace = place;
      }
      return;
    }
    if (!(node instanceof Obj object) || !visited.add(node)) {
      return;
    }
    Node.Text reference = Side.reference(object);
    if (reference == null) {
      absorb(object);
      return;
    }
    if (side.referenceStandsAlone()) {
      words(object);
    } else {
      absorb(object);
    }
    Node target = side.target(reference);
    if (target != null) {
      expand(target);
    }
  }

  private void words(Obj object) {
    for (Node.Member member : object.entries()) {
      if (member.name().startsWith("x-gatewarden-")) {
        words.putIfAbsent(member.name().substring("x-gatewarden-".length()), member.value());
      }
    }
  }

  private void absorb(Obj object) {
    parts.add(object);
    words(object);
    int here = Types.said(object, side.dialect());
    if (here != Types.ALL) {
      Node type = object.get("type");
      typePlace = type == null ? object.place() : type.place();
      types &= here;
    }
    for (Node.Member member : object.entries()) {
      keyword(member, object);
    }
    if (object.get("allOf") instanceof Arr all) {
      all.items().forEach(this::expand);
    }
  }

  private void keyword(Node.Member member, Obj object) {
    Node value = member.value();
    switch (member.name()) {
      case "properties" -> {
        if (value instanceof Obj named) {
          for (Node.Member each : named.entries()) {
            properties.computeIfAbsent(each.name(), _ -> new ArrayList<>()).add(each.value());
          }
        }
      }
      case "required" -> {
        if (value instanceof Arr names) {
          for (Node each : names.items()) {
            if (each instanceof Node.Text text) {
              required.putIfAbsent(text.value(), text.place());
            }
          }
        }
      }
      case "enum" -> {
        if (value instanceof Arr list) {
          values(list.items());
        }
      }
      case "const" -> values(List.of(value));
      case "items" -> {
        if (value instanceof Arr) {
          structures.computeIfAbsent("prefixItems", _ -> new ArrayList<>()).add(value);
        } else {
          items.add(value);
        }
      }
      case "additionalProperties", "unevaluatedProperties" -> further(value);
      case "anyOf", "oneOf" -> {
        if (value instanceof Arr list) {
          choices.add(new Choice(member.name().equals("oneOf"), list.items(), value.place()));
        }
      }
      case "exclusiveMaximum" -> {
        if (value instanceof Node.Num number) {
          bound("maximum", number, true, upper, true);
        }
      }
      case "exclusiveMinimum" -> {
        if (value instanceof Node.Num number) {
          bound("minimum", number, true, lower, false);
        }
      }
      case "readOnly" -> readOnly |= isTrue(value);
      case "writeOnly" -> writeOnly |= isTrue(value);
      case "deprecated" -> deprecated |= isTrue(value);
      case "default" -> preset = preset == null ? value : preset;
      default -> other(member.name(), value, object);
    }
  }

  private void other(String name, Node value, Obj object) {
    if (UPPER.contains(name) && value instanceof Node.Num number) {
      bound(name, number, isTrue(object.get("exclusiveMaximum")), upper, true);
    } else if (LOWER.contains(name) && value instanceof Node.Num number) {
      bound(name, number, isTrue(object.get("exclusiveMinimum")), lower, false);
    } else if (RULES.contains(name)) {
      String text = Literals.of(value);
      boolean says =
          !(value instanceof Node.Bool(var _, boolean on) && !on)
              && !(name.equals("format")
                  && value instanceof Node.Text(var _, String format)
                  && SHOWN.contains(format));
      if (says) {
        rules.computeIfAbsent(name, _ -> new LinkedHashMap<>()).putIfAbsent(text, value.place());
      }
    } else if (STRUCTURES.contains(name)) {
      structures.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
  }

  private void values(List<Node> listed) {
    Map<String, Node> here = new LinkedHashMap<>();
    for (Node each : listed) {
      here.putIfAbsent(Literals.of(each), each);
    }
    if (values == null) {
      values = here;
    } else {
      values.keySet().retainAll(here.keySet());
    }
  }

  private void further(Node value) {
    Openness said =
        value instanceof Node.Bool(var _, boolean open)
            ? open ? Openness.OPEN : Openness.CLOSED
            : value instanceof Obj schema && schema.members().isEmpty()
                ? Openness.OPEN
                : Openness.TYPED;
    if (said == Openness.TYPED) {
      additional.add(value);
    }
    if (openPlace == null || said.compareTo(openness) < 0) {
      openness = said;
      openPlace = value.place();
    }
  }

  private static void bound(
      String name, Node.Num number, boolean exclusive, Map<String, Bound> to, boolean upper) {
    Bound bound = new Bound(number.value(), exclusive, number.place());
    to.merge(name, bound, (one, other) -> one.room(other, upper) <= 0 ? one : other);
  }

  /// A choice of one is no choice; one of a schema and null is that schema, or null.
  private void fold() {
    for (int i = 0; i < choices.size(); i++) {
      Choice choice = choices.get(i);
      List<Node> others = choice.branches().stream().filter(each -> !onlyNull(each)).toList();
      if (others.size() == 1 && choice.branches().size() <= 2) {
        alone = bare() ? others.getFirst() : null;
        choices.remove(i--);
        int before = types;
        expand(others.getFirst());
        nullToo |= choice.branches().size() == 2 && (before & Types.NULL) != 0;
      }
    }
  }

  /// Whether there is nothing but one choice.
  boolean bare() {
    return choices.size() == 1
        && types == Types.ALL
        && values == null
        && properties.isEmpty()
        && required.isEmpty()
        && items.isEmpty()
        && upper.isEmpty()
        && lower.isEmpty()
        && rules.isEmpty()
        && structures.keySet().stream().allMatch(each -> each.equals("discriminator"));
  }

  boolean onlyNull(Node branch) {
    return side.follow(branch) instanceof Obj object
        && object.get("type") instanceof Node.Text(var _, String type)
        && type.equals("null");
  }

  private static boolean isTrue(@Nullable Node node) {
    return node instanceof Node.Bool(var _, boolean value) && value;
  }

  boolean mayBe(int type) {
    return (types & type) != 0;
  }
}
