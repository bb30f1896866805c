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
  void finds_the_same_place_in_every_member_of_a_map_whatever_it_is_called() {
    Schema schema =
        marking("true", new Mark("/m/*/id", 3), new Mark("/m/*", 4), new Mark("/m/total", 5));
    String body = "{\"m\":{\"17\":{\"id\":1},\"total\":{\"id\":2},\"*\":{\"id\":3}}}";
    assertThat(marked(schema, body, 3)).containsExactly("1", "2", "3");
    assertThat(marked(schema, body, 4)).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    assertThat(marked(schema, body, 5)).containsExactly("{\"id\":2}");
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

  private static final Labels CLASSES = schema -> schema.get("x-class") == null ? 0 : 1L << 9;

  private static List<String> labelled(String schema, String json) {
    Options options = Options.of(Dialect.OPENAPI_3_1).labels(CLASSES);
    return marked(Texts.schema(schema, options), json.replace('\'', '"'), 9);
  }

  @Test
  void marks_what_one_branch_alone_reaches() {
    String schema =
        "{'anyOf':[{'required':['a'],'properties':{'a':{'x-class':1}}},"
            + "{'required':['b'],'properties':{'b':{'x-class':1},'c':{'x-class':1}}}]}";
    assertThat(labelled(schema, "{'a':1,'c':2}")).containsExactly("1");
    assertThat(labelled(schema, "{'b':1,'c':2}")).containsExactly("1", "2");
    assertThat(labelled(schema, "{'a':1,'b':2,'c':3}")).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void marks_what_follows_from_a_condition() {
    String schema =
        "{'if':{'required':['k'],'properties':{'k':{'const':1}}},"
            + "'then':{'properties':{'p':{'x-class':1}}},'else':{'properties':{'q':{'x-class':1}}},"
            + "'dependentSchemas':{'d':{'properties':{'r':{'x-class':1}}}}}";
    assertThat(labelled(schema, "{'k':1,'p':2,'q':3,'r':4}")).containsExactly("2");
    assertThat(labelled(schema, "{'k':2,'p':2,'q':3,'r':4,'d':0}"))
        .containsExactlyInAnyOrder("3", "4");
  }

  @Test
  void marks_items_that_contains_finds() {
    String schema = "{'contains':{'type':'string','x-class':1}}";
    assertThat(labelled(schema, "[1,'a',2,'b']")).containsExactly("\"a\"", "\"b\"");
  }

  @Test
  void marks_every_level_of_a_recursive_choice_once() {
    String schema =
        "{'$ref':'#/$defs/n','$defs':{'n':{'oneOf':[{'type':'null'},"
            + "{'type':'object','required':['v'],'properties':{'v':{'x-class':1},'l':{'$ref':'#/$defs/n'}}},"
            + "{'type':'object','required':['w'],'properties':{'w':true,'l':{'$ref':'#/$defs/n'}}}]}}}";
    assertThat(labelled(schema, "{'v':1,'l':{'w':2,'l':{'v':3,'l':null}}}"))
        .containsExactlyInAnyOrder("1", "3");
  }

  @Test
  void marks_nothing_of_a_branch_that_does_not_hold() {
    String schema =
        "{'oneOf':[{'properties':{'a':{'type':'string','x-class':1}}},"
            + "{'properties':{'a':{'type':'integer'}}}],'not':{'properties':{'z':{'x-class':1}},'required':['z']}}";
    assertThat(labelled(schema, "{'a':1}")).isEmpty();
    assertThat(labelled(schema, "{'a':'s'}")).containsExactly("\"s\"");
  }

  @Test
  void observes_unknown_fields_that_only_a_branch_would_know() {
    Options observing = Options.of(Dialect.OPENAPI_3_1).unknownFields(UnknownFields.OBSERVE);
    Schema schema =
        Texts.schema(
            "{'anyOf':[{'required':['o'],'properties':{'o':{'properties':{'a':true}}}},"
                + "{'required':['p'],'properties':{'p':true}}]}",
            observing);
    assertThat(marked(schema, "{\"o\":{\"a\":1,\"b\":2}}", Spans.UNKNOWN)).containsExactly("2");
    assertThat(marked(schema, "{\"p\":1,\"q\":3}", Spans.UNKNOWN)).containsExactly("3");
  }
}
