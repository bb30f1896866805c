package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/// Finds what a discriminator without `oneOf` or `anyOf` tells apart (OpenAPI 3.0.3 and 3.1.0,
/// Discriminator Object).
final class Kinds {
  private static final int MOST_GENERATIONS = 16;

  private final SchemaCompiler compiler;
  private final Resources resources;

  Kinds(SchemaCompiler compiler, Resources resources) {
    this.compiler = compiler;
    this.resources = resources;
  }

  /// The schema for each value of the discriminating member; none when nothing builds on the
  /// schema.
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
    return kinds;
  }

  private boolean builds(Part part, Part base, int generations) {
    if (generations == 0) {
      return false;
    }
    for (Node schema : compiler.facts(part).allOf) {
      for (Part target : compiler.targets(compiler.child(part, schema))) {
        if (target.equals(base) || builds(target, base, generations - 1)) {
          return true;
        }
      }
    }
    return false;
  }
}
