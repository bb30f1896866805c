package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds what a discriminator without `oneOf` or `anyOf` tells apart (OpenAPI 3.0.3 and 3.1.0,
/// Discriminator Object).
final class Kinds {
  private static final int MOST_GENERATIONS = 16;

  private final SchemaCompiler compiler;
  private final Resources resources;
  private final Map<Object, IdentityHashMap<Node, String>> names = new HashMap<>();

  Kinds(SchemaCompiler compiler, Resources resources) {
    this.compiler = compiler;
    this.resources = resources;
  }

  void forget() {
    names.clear();
  }

  /// The name a contract gives a schema, or null.
  @Nullable String name(Part part) {
    Object document = part.schema().place().origin().address();
    IdentityHashMap<Node, String> known = names.get(document);
    if (known == null) {
      IdentityHashMap<Node, String> found = new IdentityHashMap<>();
      resources.components(part).forEach((name, named) -> found.put(named.schema(), name));
      names.put(document, found);
      known = found;
    }
    return known.get(part.schema());
  }

  /// The schema for each value of the discriminating member, the base itself among them; none when
  /// nothing builds on the schema.
  Map<String, Part> of(Part base) {
    Map<String, Part> kinds = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : compiler.facts(base).mapping.entrySet()) {
      Part target = compiler.mapped(base, entry.getValue());
      if (target != null) {
        kinds.put(entry.getKey(), target);
      }
    }
    for (Map.Entry<String, Part> named : resources.components(base).entrySet()) {
      Part part = named.getValue();
      if (!kinds.containsValue(part) && builds(part, base, MOST_GENERATIONS)) {
        kinds.putIfAbsent(named.getKey(), part);
      }
    }
    String own = name(base);
    if (own != null && !kinds.isEmpty() && !kinds.containsValue(base)) {
      kinds.putIfAbsent(own, base);
    }
    return kinds;
  }

  /// Those of a base's kinds that are the given kind or build on it.
  Map<String, Part> of(Part base, Part kind) {
    Map<String, Part> kinds = new LinkedHashMap<>();
    compiler
        .kinds(base)
        .forEach(
            (value, part) -> {
              if (part.equals(kind) || builds(part, kind, MOST_GENERATIONS)) {
                kinds.put(value, part);
              }
            });
    return kinds;
  }

  private boolean builds(Part part, Part base, int generations) {
    if (generations == 0) {
      return false;
    }
    List<Part> parents = new ArrayList<>();
    Facts facts = compiler.facts(part);
    for (Node schema : facts.allOf) {
      parents.addAll(compiler.targets(compiler.child(part, schema)));
    }
    if (facts.declaresMembers()) {
      parents.addAll(compiler.targets(part));
    }
    return parents.stream()
        .anyMatch(parent -> parent.equals(base) || builds(parent, base, generations - 1));
  }
}
