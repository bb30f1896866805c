package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.schema.Schema;
import dev.gatewarden.core.schema.Violation;
import dev.gatewarden.core.schema.Visit;
import dev.gatewarden.platform.probing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The schema engine's word on values of one document: nothing is sent as right or wrong without
/// it.
final class Judge {
  private static final Violation.Limits LIMITS = new Violation.Limits(8, 1_000);

  /// The seed of judging: what is judged here is made here.
  private static final long SEED = 3;

  private final Visit visit = new Visit(SEED);
  private final Map<Node, Optional<Schema>> schemas = new IdentityHashMap<>();
  private final SchemaSource source;

  Judge(SchemaSource source) {
    this.source = source;
  }

  SchemaSource source() {
    return source;
  }

  /// A schema laid flat, of its alternatives the first that takes a value.
  Node.Obj flat(Node schema, @Nullable Node value) {
    return new Shapes(source)
        .of(
            schema,
            parts -> {
              for (int i = 0; value != null && i < parts.size(); i++) {
                if (takes(parts.get(i), value)) {
                  return i;
                }
              }
              return 0;
            });
  }

  /// Whether a value is right beyond doubt.
  boolean takes(Node schema, Node value) {
    Optional<Schema> compiled = compiled(schema);
    return compiled.isPresent() && judged(compiled.get(), value);
  }

  /// Whether a value is wrong beyond doubt.
  boolean refuses(Node schema, Node value) {
    Optional<Schema> compiled = compiled(schema);
    return compiled.isPresent() && !judged(compiled.get(), value);
  }

  /// Whether everything that is wrong with a value lies at a path, above it or below.
  boolean refusesOnly(Node schema, Node value, List<String> path) {
    Optional<Schema> compiled = compiled(schema);
    if (compiled.isEmpty() || judged(compiled.get(), value)) {
      return false;
    }
    byte[] text = Json.text(value).getBytes(StandardCharsets.UTF_8);
    String here = Pointers.of(path);
    List<String> elsewhere = new ArrayList<>();
    for (Violation each : compiled.get().explain(text, 0, text.length, visit, LIMITS)) {
      String at = each.instanceLocation();
      if (!at.contains("…") && !Pointers.covers(at, here) && !Pointers.covers(here, at)) {
        elsewhere.add(at);
      }
    }
    return elsewhere.isEmpty();
  }

  private boolean judged(Schema schema, Node value) {
    byte[] text = Json.text(value).getBytes(StandardCharsets.UTF_8);
    return schema.judge(text, 0, text.length, visit) == Schema.VALID;
  }

  private Optional<Schema> compiled(Node schema) {
    return schemas.computeIfAbsent(
        schema,
        each ->
            Optional.ofNullable(
                Samples.compiled(new SchemaSource(each, source.references(), source.dialect()))));
  }
}
