package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A document that breaks its schema is marked as if it did not: whoever has to hide a value finds
/// it wherever it stands.
class ReadOnTest {
  private static final int SECRET = 3;

  private static Set<String> marked(String schema, String json) {
    Options options =
        Options.of(Dialect.DRAFT_2020_12)
            .unknownFields(UnknownFields.OBSERVE)
            .labels(node -> node.get("x-secret") instanceof Node.Bool ? 1L << SECRET : 0);
    Schema compiled = Texts.schema(schema, options);
    byte[] bytes = json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(1);
    assertThat(compiled.judge(bytes, 0, bytes.length, visit)).isNotEqualTo(Schema.VALID);
    assertThat(compiled.readOn(bytes, 0, bytes.length, visit)).isTrue();
    Set<String> found = new TreeSet<>();
    Spans spans = visit.spans();
    for (int i = 0; i < spans.size(); i++) {
      String text =
          new String(
                  bytes,
                  spans.startOf(i),
                  spans.endOf(i) - spans.startOf(i),
                  StandardCharsets.UTF_8)
              .replace('"', '\'');
      switch (spans.label(i)) {
        case SECRET -> found.add("secret " + text);
        case Spans.UNKNOWN -> found.add("unknown " + text);
        case Spans.BROKEN -> {
          if (!text.isEmpty()) {
            found.add("unread " + text);
          }
        }
        default -> {}
      }
    }
    return found;
  }

  @Test
  void marks_behind_what_is_wrong() {
    assertThat(
            marked(
                "{'properties':{'id':{'type':'string'},'ssn':{'type':'string','x-secret':true}}}",
                "{'id':1,'ssn':'s','more':2}"))
        .containsExactly("secret 's'", "unknown 2");
  }

  @Test
  void marks_a_value_that_is_itself_wrong() {
    assertThat(marked("{'properties':{'ssn':{'type':'string','x-secret':true}}}", "{'ssn':[123]}"))
        .contains("secret [123]");
  }

  @Test
  void marks_through_recursion_and_its_escaped_names() {
    String tree =
        "{'$ref':'#/$defs/n','$defs':{'n':{'properties':{'v':{'type':'integer'},"
            + "'ssn':{'type':'string','x-secret':true},'n':{'type':'array','items':{'$ref':'#/$defs/n'}}}}}}";
    assertThat(marked(tree, "{'v':'x','n':[{'n':[{'\\u0073sn':'deep','v':'y'}]},{'ssn':'flat'}]}"))
        .containsExactly("secret 'deep'", "secret 'flat'");
  }

  @Test
  void marks_what_any_alternative_marks_where_none_holds() {
    String choice =
        "{'oneOf':[{'required':['card'],'properties':{'card':{'type':'string','x-secret':true},'cvc':{'type':'integer'}}},"
            + "{'required':['iban'],'properties':{'iban':{'type':'string','x-secret':true}}}]}";
    assertThat(marked(choice, "{'card':'4111','cvc':'x','iban':5}"))
        .containsExactly("secret '4111'", "secret 5");
    String tagged =
        "{'oneOf':[{'required':['k'],'properties':{'k':{'const':'a'},'s':{'x-secret':true}}},"
            + "{'required':['k'],'properties':{'k':{'const':'b'},'t':{'x-secret':true}}}]}";
    assertThat(marked(tagged, "{'k':'c','s':1,'t':2}")).contains("secret 1", "secret 2");
  }

  @Test
  void tells_of_values_that_were_not_read_as_their_schema_wants() {
    String nested =
        "{'properties':{'owner':{'type':'object','properties':{'ssn':{'x-secret':true}}},"
            + "'age':{'type':'integer'}}}";
    assertThat(marked(nested, "{'owner':[{'ssn':1}],'age':'x'}"))
        .containsExactly("unread [{'ssn':1}]");
    assertThat(marked(nested, "{'owner':null}")).isEmpty();
  }
}
