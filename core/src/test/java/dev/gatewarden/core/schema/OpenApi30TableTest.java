package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.Ratchets;
import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The table of what OpenAPI 3.0 means for single documents; nobody published one.
class OpenApi30TableTest {
  private static final List<String> FILES =
      List.of(
          "nullable", "bounds", "formats", "direction", "references", "fields", "discriminator");
  private static final Place.Origin CONTRACT =
      new Place.Origin(URI.create("test:/contract.json"), "contract.json");

  @Test
  void judges_every_line_of_the_table() throws IOException {
    List<String> wrong = new ArrayList<>();
    int right = 0;
    for (String file : FILES) {
      for (Node group : table(file)) {
        right += judge(file, (Node.Obj) group, wrong);
      }
    }
    Ratchets.note("openapi-3.0-table", right);
    assertThat(wrong).isEmpty();
    assertThat(right).isGreaterThanOrEqualTo(150);
  }

  private static List<Node> table(String file) throws IOException {
    String name = "openapi-3.0/" + file + ".yaml";
    try (var in = OpenApi30TableTest.class.getResourceAsStream(name)) {
      Place.Origin origin = new Place.Origin(URI.create("test:/" + name), name);
      return ((Node.Arr) Texts.tree(origin, in.readAllBytes())).items();
    }
  }

  private static int judge(String file, Node.Obj group, List<String> wrong) {
    String says = file + ": " + text(group, "says", "");
    Schema schema = schema(group);
    int right = 0;
    for (Map.Entry<String, String> line : lines(group).entrySet()) {
      String found = found(schema, line.getKey());
      if (found.equals(line.getValue())) {
        right++;
      } else {
        wrong.add(says + ": " + line.getKey() + " is " + found + ", not " + line.getValue());
      }
    }
    return right;
  }

  private static Map<String, String> lines(Node.Obj group) {
    Map<String, String> lines = new LinkedHashMap<>();
    if (group.get("valid") instanceof Node.Arr(Place _, List<Node> valid)) {
      valid.forEach(json -> lines.put(((Node.Text) json).value(), "valid"));
    }
    if (group.get("unknown") instanceof Node.Obj unknown) {
      unknown
          .entries()
          .forEach(entry -> lines.put(entry.name(), "valid, unknown " + Texts.json(entry.value())));
    }
    if (group.get("invalid") instanceof Node.Obj invalid) {
      invalid
          .entries()
          .forEach(entry -> lines.put(entry.name(), ((Node.Text) entry.value()).value()));
    }
    return lines;
  }

  private static String found(Schema schema, String line) {
    byte[] json = line.getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(11);
    boolean valid = schema.judge(json, 0, json.length, visit) == Schema.VALID;
    int unknown = visit.spans().count(Spans.UNKNOWN);
    List<Violation> told =
        schema.explain(json, 0, json.length, new Visit(1), Violation.Limits.DEFAULT);
    if (valid) {
      return told.isEmpty()
          ? unknown > 0 ? "valid, unknown " + unknown : "valid"
          : "valid, yet explained: " + told;
    }
    return told.isEmpty()
        ? "refused without a word"
        : (told.getFirst().instanceLocation() + " " + told.getFirst().error()).strip();
  }

  private static Schema schema(Node.Obj group) {
    Node schemas = group.get("schemas");
    String json =
        "{\"openapi\":\"3.0.3\",\"components\":{\"schemas\":"
            + (schemas == null ? "{}" : Texts.json(schemas))
            + "},\"here\":"
            + Texts.json(group.get("schema"))
            + "}";
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    Documents documents = new Documents(address -> text, Bounds.DEFAULT, CONTRACT, Set.of());
    Node here = ((Node.Obj) documents.root()).get("here");
    Options options =
        Options.of(Dialect.OPENAPI_3_0)
            .direction(Direction.valueOf(word(group, "direction", "both")))
            .unknownFields(UnknownFields.valueOf(word(group, "fields", "refuse")))
            .references(documents);
    return SchemaCompiler.compile(here, options);
  }

  private static String word(Node.Obj group, String key, String otherwise) {
    return text(group, key, otherwise).toUpperCase(Locale.ROOT);
  }

  private static String text(Node.Obj group, String key, String otherwise) {
    return group.get(key) instanceof Node.Text(Place _, String text) ? text : otherwise;
  }
}
