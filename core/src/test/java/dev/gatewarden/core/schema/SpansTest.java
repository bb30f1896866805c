package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpansTest {
  private static final String BODY =
      "{ \"id\" : \"o1\", \"owner\":{\"i\\u0064\": 7 , \"x\":[1,2]},"
          + " \"data\":[{\"id\":1},{\"id\":2}]}";

  private static List<String> marked(Schema schema, String json, int label) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(3);
    assertThat(schema.judge(bytes, 0, bytes.length, visit)).isEqualTo(Schema.VALID);
    List<String> found = new ArrayList<>();
    Spans spans = visit.spans();
    for (int i = 0; i < spans.count(label); i++) {
      found.add(
          new String(
              bytes,
              spans.start(label, i),
              spans.end(label, i) - spans.start(label, i),
              StandardCharsets.UTF_8));
    }
    return found;
  }

  private static Schema marking(String schema, Mark... marks) {
    return new SchemaCompiler(Options.of(Dialect.DRAFT_2020_12))
        .compile(Texts.tree(schema), List.of(marks));
  }

  @Test
  void finds_values_the_schema_says_nothing_about() {
    Schema schema = marking("true", new Mark("/id", 1), new Mark("/owner/id", 2));
    assertThat(marked(schema, BODY, 1)).containsExactly("\"o1\"");
    assertThat(marked(schema, BODY, 2)).containsExactly("7");
  }

  @Test
  void finds_the_same_place_in_every_item() {
    Schema schema = marking("true", new Mark("/data/*/id", 3), new Mark("/data/*", 4));
    assertThat(marked(schema, BODY, 3)).containsExactly("1", "2");
    assertThat(marked(schema, BODY, 4)).containsExactly("{\"id\":1}", "{\"id\":2}");
  }

  @Test
  void counts_nothing_where_nothing_is() {
    assertThat(marked(marking("true", new Mark("/nobody", 5)), BODY, 5)).isEmpty();
  }

  @Test
  void takes_the_labels_of_schemas_wherever_they_apply() {
    Labels labels = schema -> schema.get("x-class") == null ? 0 : 1L << 9;
    Options options = Options.of(Dialect.DRAFT_2020_12).labels(labels);
    Schema schema =
        Texts.schema(
            "{'properties':{'a':{'$ref':'#/$defs/p'},'b':{'anyOf':[{'minimum':5},{'type':'integer','x-class':1}]}},"
                + "'$defs':{'p':{'x-class':'personal'}}}",
            options);
    assertThat(marked(schema, "{\"a\":1,\"b\":3}", 9)).containsExactly("1", "3");
  }
}
