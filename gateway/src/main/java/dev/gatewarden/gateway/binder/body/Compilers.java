package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.PropertyWords;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.Dialect;
import dev.gatewarden.core.schema.Direction;
import dev.gatewarden.core.schema.Labels;
import dev.gatewarden.core.schema.Options;
import dev.gatewarden.core.schema.SchemaCompiler;
import dev.gatewarden.core.schema.UnknownFields;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// The schema compilers of one contract: one for all bodies that are read alike, so that what they
/// have in common is compiled once; a body whose properties are annotated has its own, because what
/// a label means is settled body by body.
public final class Compilers {
  private record Alike(
      References references,
      Dialect dialect,
      Direction direction,
      UnknownFields unknownFields,
      Bounds bounds) {}

  private final Map<Alike, SchemaCompiler> shared = new HashMap<>();
  private final Map<String, Set<Node>> free = new HashMap<>();

  /// The compiler for a schema.
  SchemaCompiler of(SchemaSource source, Options options, Labels labels) {
    if (labels instanceof Annotations annotations && !isFree(source, annotations.word())) {
      return new SchemaCompiler(options.labels(labels));
    }
    Alike alike =
        new Alike(
            options.references(),
            options.dialect(),
            options.direction(),
            options.unknownFields(),
            options.bounds());
    SchemaCompiler known = shared.get(alike);
    if (known == null || known.isFull()) {
      known = new SchemaCompiler(options);
      shared.put(alike, known);
    }
    return known;
  }

  /// Whether no schema that this one leads to is annotated with a word, or classified.
  private boolean isFree(SchemaSource source, String word) {
    Set<Node> known = free.computeIfAbsent(word, _ -> identities());
    Set<Node> seen = identities();
    Deque<Node> open = new ArrayDeque<>();
    open.add(source.schema());
    while (!open.isEmpty()) {
      Node node = open.removeLast();
      if (known.contains(node) || !seen.add(node)) {
        continue;
      }
      if (node instanceof Node.Arr list) {
        open.addAll(list.items());
      } else if (node instanceof Node.Obj object) {
        boolean annotated = object.get(word) != null || object.get(PropertyWords.CLASS) != null;
        if (annotated || !follow(object, source.references(), open)) {
          return false;
        }
      }
    }
    known.addAll(seen);
    return true;
  }

  /// Adds what an object holds and refers to; false where it leads further than can be told here.
  private static boolean follow(Node.Obj object, References references, Deque<Node> open) {
    for (Node.Member member : object.entries()) {
      open.add(member.value());
      switch (member.name()) {
        case "$id", "$dynamicRef", "$recursiveRef", "discriminator" -> {
          return false;
        }
        case "$ref" -> {
          if (!(member.value() instanceof Node.Text text)
              || !(references.resolve(text.value(), text.place())
                  instanceof References.Resolution.Found(Node target))) {
            return false;
          }
          open.add(target);
        }
        default -> {}
      }
    }
    return true;
  }

  private static Set<Node> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
