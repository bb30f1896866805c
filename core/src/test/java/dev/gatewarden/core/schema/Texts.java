package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.DocumentReader;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// What the tests of this room have in common: trees from text, one judgement, one explanation.
final class Texts {
  static final Place.Origin HERE = new Place.Origin(URI.create("test:/schema.json"), "schema.json");

  private Texts() {}

  static Node tree(String json) {
    return tree(HERE, json.getBytes(StandardCharsets.UTF_8));
  }

  static Node tree(Place.Origin origin, byte[] json) {
    return new DocumentReader(Bounds.DEFAULT).read(origin, json);
  }

  static Schema schema(String json) {
    return schema(json, Options.of(Dialect.DRAFT_2020_12));
  }

  static Schema schema(String json, Options options) {
    return SchemaCompiler.compile(tree(json.replace('\'', '"')), options);
  }

  static boolean valid(Schema schema, String json) {
    return at(schema, json) == Schema.VALID;
  }

  static int at(Schema schema, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return schema.judge(bytes, 0, bytes.length, new Visit(42));
  }

  static List<Violation> violations(Schema schema, String json) {
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return schema.explain(bytes, 0, bytes.length, new Visit(1), Violation.Limits.DEFAULT);
  }

  static String words(Schema schema, String json) {
    return violations(schema, json).stream()
        .map(violation -> violation.instanceLocation() + " " + violation.error())
        .collect(Collectors.joining("; "));
  }

  /// A tree as JSON text.
  static String json(Node node) {
    return switch (node) {
      case Node.Null _ -> "null";
      case Node.Bool(var place, boolean value) -> String.valueOf(value);
      case Node.Num(var place, String literal) -> literal;
      case Node.Text(var place, String value) -> quoted(value);
      case Node.Arr(var place, var items) ->
          items.stream().map(Texts::json).collect(Collectors.joining(",", "[", "]"));
      case Node.Obj object ->
          object.entries().stream()
              .map(member -> quoted(member.name()) + ":" + json(member.value()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c ->
                json.append(
                    c < 0x20 || c == '"' || c == '\\' || Character.isSurrogate((char) c)
                        ? "\\u%04x".formatted(c)
                        : String.valueOf((char) c)));
    return json.append('"').toString();
  }

  /// What a judgement marked with one of some labels, as gaps.
  static long[] gaps(Spans spans, long labels) {
    return java.util.stream.IntStream.range(0, spans.size())
        .filter(span -> (labels & 1L << spans.label(span)) != 0)
        .mapToLong(
            span -> {
              int name = spans.nameOf(span);
              return GapCopy.gap(name < 0 ? spans.startOf(span) : name, spans.endOf(span));
            })
        .toArray();
  }
}
