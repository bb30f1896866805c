package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.schema.pattern.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Values that a schema takes, grown by chance: bounds as often as what lies between, members that
/// may be left out as often as not.
final class Growth {
  private static final int DEEPEST = 6;
  private static final int TRIES = 6;
  private static final int MOST_ITEMS = 12;

  /// Beyond it nothing is grown that has to be there without end.
  private static final int ENDLESS = 14;

  private static final int MOST_NODES = 3_000;

  private final Judge judge;
  private final Shapes shapes;
  private final RandomGenerator random;
  private int nodes;

  Growth(Judge judge, RandomGenerator random) {
    this.judge = judge;
    this.shapes = new Shapes(judge.source());
    this.random = random;
  }

  /// A value that the schema takes, or null where none was found.
  @Nullable Node right(Node schema) {
    for (int tries = 0; tries < TRIES; tries++) {
      nodes = 0;
      Node value = grown(schema, tries < TRIES - 2 ? 0 : DEEPEST - 2);
      if (judge.takes(schema, value)) {
        return value;
      }
    }
    return null;
  }

  /// Values at the edges of what a flat schema takes; not yet judged.
  List<Node> edges(Obj flat) {
    List<Node> all = new ArrayList<>();
    if (flat.get("enum") instanceof Arr(var _, List<Node> choices)) {
      all.addAll(choices.subList(0, Math.min(choices.size(), MOST_ITEMS)));
      return all;
    }
    switch (Shapes.type(flat)) {
      case "integer", "number" -> all.addAll(Numbers.of(flat).bounds());
      case "string" -> all.addAll(Texts.bounds(flat, random));
      case "boolean" -> all.addAll(List.of(Json.of(true), Json.of(false)));
      case "array" -> {
        for (int count : new int[] {least(flat, "minItems", 0), most(flat, "maxItems", -1)}) {
          if (count >= 0) {
            all.add(array(flat, count, 1));
          }
        }
      }
      default -> {}
    }
    if (isNullable(flat)) {
      all.add(Json.NULL);
    }
    return all;
  }

  static boolean isNullable(Obj flat) {
    return Shapes.is(flat, "nullable") || Shapes.types(flat).contains("null");
  }

  private Node grown(Node schema, int depth) {
    if (depth > ENDLESS || nodes++ > MOST_NODES) {
      return Json.NULL;
    }
    Obj flat = shapes.of(schema, parts -> random.nextInt(parts.size()));
    Node given = given(flat);
    if (given != null) {
      return given;
    }
    if (isNullable(flat) && random.nextInt(6) == 0) {
      return Json.NULL;
    }
    List<Node> edges = random.nextInt(3) == 0 && depth < DEEPEST ? edges(flat) : List.of();
    if (!edges.isEmpty()) {
      return edges.get(random.nextInt(edges.size()));
    }
    List<String> types = Shapes.types(flat);
    String type = types.size() > 1 ? types.get(random.nextInt(types.size())) : Shapes.type(flat);
    return switch (type) {
      case "object" -> object(flat, depth);
      case "array" -> array(flat, count(flat, depth), depth + 1);
      case "integer", "number" -> Numbers.of(flat).some(random);
      case "boolean" -> Json.of(random.nextBoolean());
      case "null" -> Json.NULL;
      default -> Json.of(Texts.some(flat, random));
    };
  }

  private @Nullable Node given(Obj flat) {
    Node constant = flat.get("const");
    if (constant != null) {
      return constant;
    }
    if (flat.get("enum") instanceof Arr(var _, List<Node> all) && !all.isEmpty()) {
      return all.get(random.nextInt(all.size()));
    }
    Node example = flat.get("example");
    return example != null && random.nextInt(3) == 0 ? example : null;
  }

  private int count(Obj flat, int depth) {
    int least = least(flat, "minItems", 0);
    int most = Math.min(most(flat, "maxItems", least + 3), least + 3);
    return depth >= DEEPEST ? least : random.nextInt(least, Math.max(least, most) + 1);
  }

  private Node array(Obj flat, int count, int depth) {
    boolean unique = Shapes.is(flat, "uniqueItems");
    List<Node> first =
        flat.get("prefixItems") instanceof Arr(var _, List<Node> given) ? given : List.of();
    Node rest = flat.get("items");
    List<Node> items = new ArrayList<>();
    for (int tries = 0; items.size() < Math.min(count, MOST_ITEMS * 20) && tries < 400; tries++) {
      Node schema = items.size() < first.size() ? first.get(items.size()) : rest;
      Node item = schema == null ? Json.of("a" + items.size()) : grown(schema, depth);
      String text = Json.text(item);
      if (!unique || items.stream().noneMatch(each -> Json.text(each).equals(text))) {
        items.add(item);
      }
    }
    return Json.of(items);
  }

  private Node object(Obj flat, int depth) {
    Map<String, Node> members = new LinkedHashMap<>();
    Set<String> required = Shapes.names(flat.get("required"));
    if (flat.get("properties") instanceof Obj properties) {
      for (Node.Member each : properties.entries()) {
        boolean needed = required.remove(each.name());
        if (needed || (depth < DEEPEST && random.nextInt(2 + depth / 2) == 0)) {
          Obj inner = shapes.of(each.value(), _ -> 0);
          if (!Shapes.is(inner, "readOnly")) {
            members.put(each.name(), grown(each.value(), depth + 1));
          }
        }
      }
    }
    required.forEach(name -> members.putIfAbsent(name, Json.of("a")));
    int missing = least(flat, "minProperties", 0) - members.size();
    int more = Math.max(missing, depth < DEEPEST && random.nextBoolean() ? 2 : 0);
    for (int i = 0; i < more && members.size() < most(flat, "maxProperties", 1_000); i++) {
      additional(flat, members, depth);
    }
    return Json.of(members);
  }

  /// One more member of a map, where the schema says what such are.
  private void additional(Obj flat, Map<String, Node> members, int depth) {
    if (flat.get("patternProperties") instanceof Obj patterns && random.nextBoolean()) {
      for (Node.Member each : patterns.entries()) {
        Example.of(each.name(), random)
            .ifPresent(name -> members.putIfAbsent(name, grown(each.value(), depth + 1)));
      }
    } else if (flat.get("additionalProperties") instanceof Obj schema) {
      Node names = flat.get("propertyNames");
      Node name = names == null ? null : grown(names, depth + 1);
      String key = name instanceof Node.Text(var _, String made) ? made : "probe" + members.size();
      members.putIfAbsent(key, grown(schema, depth + 1));
    }
  }

  static int least(Obj flat, String word, int otherwise) {
    return flat.get(word) instanceof Node.Num number
        ? (int) Math.clamp(number.value().doubleValue(), 0d, 1_000d)
        : otherwise;
  }

  static int most(Obj flat, String word, int otherwise) {
    return flat.get(word) instanceof Node.Num number && number.value().doubleValue() <= 1_000
        ? number.value().intValue()
        : otherwise;
  }
}
