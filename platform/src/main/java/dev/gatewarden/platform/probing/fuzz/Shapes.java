package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Schemas laid flat: references followed, all of `allOf` and one of each choice in one object, the
/// tighter of two bounds.
final class Shapes {
  private static final int DEEPEST = 24;

  /// Which of several alternatives is taken.
  @FunctionalInterface
  interface Choice {
    int of(List<Node> parts);
  }

  private final References references;
  private final boolean alone;

  Shapes(SchemaSource source) {
    this.references = source.references();
    this.alone = source.dialect() == Dialect.OPENAPI_3_0;
  }

  Obj of(Node schema, Choice choice) {
    Laid laid = new Laid();
    gather(schema, laid, choice, 0);
    if (!laid.properties.isEmpty()) {
      laid.words.put("properties", Json.of(laid.properties));
    }
    if (!laid.required.isEmpty()) {
      laid.words.put("required", Json.of(laid.required.stream().map(Json::of).toList()));
    }
    return Json.of(laid.words);
  }

  private static final class Laid {
    private final Map<String, Node> words = new LinkedHashMap<>();
    private final Map<String, Node> properties = new LinkedHashMap<>();
    private final Set<String> required = new LinkedHashSet<>();
  }

  private void gather(Node node, Laid to, Choice choice, int depth) {
    if (!(node instanceof Obj schema) || depth > DEEPEST) {
      return;
    }
    if (schema.get("$ref") instanceof Node.Text(var place, String reference)) {
      if (references.resolve(reference, place)
          instanceof References.Resolution.Found(Node target)) {
        gather(target, to, choice, depth + 1);
      }
      if (alone) {
        return;
      }
    }
    for (Node.Member member : schema.entries()) {
      word(schema, member, to, choice, depth);
    }
  }

  private void word(Obj schema, Node.Member member, Laid to, Choice choice, int depth) {
    switch (member.name()) {
      case "$ref" -> {}
      case "properties" -> {
        if (member.value() instanceof Obj all) {
          all.entries().forEach(each -> both(to.properties, each.name(), each.value()));
        }
      }
      case "required" -> to.required.addAll(names(member.value()));
      case "allOf" -> {
        if (member.value() instanceof Arr(var _, List<Node> parts)) {
          parts.forEach(part -> gather(part, to, choice, depth + 1));
        }
      }
      case "oneOf", "anyOf" -> {
        if (member.value() instanceof Arr(var _, List<Node> parts) && !parts.isEmpty()) {
          Node part = parts.get(Math.floorMod(choice.of(parts), parts.size()));
          gather(part, to, choice, depth + 1);
          told(schema, part, to);
        }
      }
      default -> to.words.merge(member.name(), member.value(), (a, b) -> tighter(member, a, b));
    }
  }

  private static void both(Map<String, Node> properties, String name, Node schema) {
    properties.merge(
        name,
        schema,
        (before, more) ->
            before.equals(more)
                ? before
                : Json.of(Map.of("allOf", Json.of(List.of(before, more)))));
  }

  private static Node tighter(Node.Member word, Node before, Node more) {
    if (!(before instanceof Node.Num one) || !(more instanceof Node.Num other)) {
      return before;
    }
    BigDecimal least = one.value().min(other.value());
    return switch (word.name()) {
      case "maximum", "maxLength", "maxItems", "maxProperties", "exclusiveMaximum" ->
          least.compareTo(one.value()) == 0 ? one : other;
      case "minimum", "minLength", "minItems", "minProperties", "exclusiveMinimum" ->
          least.compareTo(one.value()) == 0 ? other : one;
      default -> before;
    };
  }

  /// Where a member says which alternative is meant, it says this one.
  private static void told(Obj schema, Node part, Laid to) {
    if (schema.get("discriminator") instanceof Obj discriminator
        && discriminator.get("propertyName") instanceof Node.Text(var _, String name)
        && part instanceof Obj chosen
        && chosen.get("$ref") instanceof Node.Text(var _, String reference)) {
      String word = reference.substring(reference.lastIndexOf('/') + 1);
      if (discriminator.get("mapping") instanceof Obj mapping) {
        for (Node.Member each : mapping.entries()) {
          String to2 = String.valueOf(Json.scalar(each.value()));
          word = to2.equals(reference) ? each.name() : word;
        }
      }
      to.required.add(name);
      to.properties.put(
          name,
          Json.of(Map.of("type", Json.of("string"), "enum", Json.of(List.of(Json.of(word))))));
    }
  }

  /// The texts in a list.
  static Set<String> names(@Nullable Node list) {
    Set<String> names = new LinkedHashSet<>();
    if (list instanceof Arr(var _, List<Node> items)) {
      for (Node item : items) {
        if (item instanceof Node.Text(var _, String name)) {
          names.add(name);
        }
      }
    }
    return names;
  }

  /// What a flat schema is of, in one word.
  static String type(Obj flat) {
    List<String> types = types(flat);
    for (String each : types) {
      if (!each.equals("null")) {
        return each;
      }
    }
    if (!types.isEmpty()) {
      return "null";
    }
    for (String word : List.of("properties", "additionalProperties", "patternProperties")) {
      if (flat.get(word) != null) {
        return "object";
      }
    }
    return flat.get("items") != null || flat.get("prefixItems") != null ? "array" : "";
  }

  /// The types that it names.
  static List<String> types(Obj flat) {
    return switch (flat.get("type")) {
      case Node.Text(var _, String one) -> List.of(one);
      case Arr all -> List.copyOf(names(all));
      case null, default -> List.of();
    };
  }

  static boolean is(Obj flat, String word) {
    return flat.get(word) instanceof Node.Bool(var _, boolean is) && is;
  }
}
