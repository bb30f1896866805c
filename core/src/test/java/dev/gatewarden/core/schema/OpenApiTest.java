package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What OpenAPI adds to JSON Schema, and what the gate adds to both.
class OpenApiTest {
  private static final Options REQUEST =
      Options.of(Dialect.OPENAPI_3_0).direction(Direction.REQUEST);
  private static final Options RESPONSE =
      Options.of(Dialect.OPENAPI_3_0).direction(Direction.RESPONSE);

  /// The schema `Root` of a document with these component schemas.
  private static Schema root(String schemas, Options options) {
    byte[] text =
        ("{'components':{'schemas':" + schemas + "}}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    Documents documents = new Documents(address -> text, Bounds.DEFAULT, Texts.HERE, Set.of());
    Node at = documents.root();
    for (String name : List.of("components", "schemas", "Root")) {
      at = ((Node.Obj) at).get(name);
    }
    return SchemaCompiler.compile(at, options.references(documents));
  }

  @Test
  void lets_null_pass_where_the_schema_is_nullable() {
    Schema schema = Texts.schema("{'type':'string','nullable':true,'maxLength':1}", REQUEST);
    assertThat(Texts.valid(schema, "null")).isTrue();
    assertThat(Texts.valid(schema, "'a'")).isTrue();
    assertThat(Texts.valid(schema, "'ab'")).isFalse();
    assertThat(Texts.valid(Texts.schema("{'type':'string'}", REQUEST), "null")).isFalse();
  }

  @Test
  void reads_exclusive_bounds_as_booleans() {
    Schema schema = Texts.schema("{'minimum':3,'exclusiveMinimum':true}", REQUEST);
    assertThat(Texts.valid(schema, "3")).isFalse();
    assertThat(Texts.valid(schema, "4")).isTrue();
  }

  @Test
  void refuses_what_only_the_service_sets_and_does_not_ask_for_it() {
    String schemas =
        "{'Root':{'required':['id','name'],'properties':{'id':{'allOf':[{'$ref':'#/components/schemas/Id'}]},"
            + "'name':{'type':'string'}}},'Id':{'type':'string','readOnly':true}}";
    Schema request = root(schemas, REQUEST);
    assertThat(Texts.words(request, "{'id':'1','name':'a'}")).isEqualTo("/id readOnly");
    assertThat(Texts.valid(request, "{'name':'a'}")).isTrue();
    Schema response = root(schemas, RESPONSE);
    assertThat(Texts.words(response, "{'name':'a'}")).isEqualTo(" required");
    assertThat(Texts.valid(response, "{'id':'1','name':'a'}")).isTrue();
  }

  @Test
  void refuses_to_return_what_is_only_written() {
    String schema = "{'required':['password'],'properties':{'password':{'writeOnly':true}}}";
    assertThat(Texts.words(Texts.schema(schema, RESPONSE), "{'password':'x'}"))
        .isEqualTo("/password writeOnly");
    assertThat(Texts.valid(Texts.schema(schema, RESPONSE), "{}")).isTrue();
    assertThat(Texts.valid(Texts.schema(schema, REQUEST), "{}")).isFalse();
  }

  @Test
  void refuses_unknown_fields_at_the_root_of_a_composition() {
    String schemas =
        "{'Root':{'allOf':[{'$ref':'#/components/schemas/Base'},{'properties':{'b':{'type':'string'}}}]},"
            + "'Base':{'type':'object','properties':{'a':{'type':'string'}}}}";
    Schema schema = root(schemas, REQUEST.unknownFields(UnknownFields.REFUSE));
    assertThat(Texts.valid(schema, "{'a':'1','b':'2'}")).isTrue();
    assertThat(Texts.words(schema, "{'a':'1','isAdmin':true}")).isEqualTo("/isAdmin unknownField");
    assertThat(Texts.valid(schema, "{'a':'1','\\u0069sAdmin':true}")).isFalse();
    assertThat(Texts.valid(root(schemas, REQUEST), "{'a':'1','isAdmin':true}")).isTrue();
  }

  @Test
  void refuses_unknown_fields_of_the_branches_that_do_not_hold() {
    Schema schema =
        Texts.schema(
            "{'properties':{'x':{}},'anyOf':[{'required':['a'],'properties':{'a':{}}},"
                + "{'required':['b'],'properties':{'b':{}}}]}",
            REQUEST.unknownFields(UnknownFields.REFUSE));
    assertThat(Texts.valid(schema, "{'a':1,'x':1}")).isTrue();
    assertThat(Texts.valid(schema, "{'a':1,'b':1}")).isTrue();
    assertThat(Texts.words(schema, "{'a':1,'c':1}")).isEqualTo("/c unknownField");
    assertThat(Texts.valid(schema, "{'x':1}")).isFalse();
  }

  @Test
  void leaves_objects_open_that_declare_nothing_or_say_so() {
    Options refusing = REQUEST.unknownFields(UnknownFields.REFUSE);
    assertThat(Texts.valid(Texts.schema("{'type':'object'}", refusing), "{'a':1}")).isTrue();
    Schema open = Texts.schema("{'properties':{'a':{}},'additionalProperties':true}", refusing);
    assertThat(Texts.valid(open, "{'b':1}")).isTrue();
  }

  @Test
  void observes_unknown_fields_as_spans() {
    Schema schema =
        Texts.schema(
            "{'properties':{'a':{'type':'object','properties':{'b':{}}}}}",
            RESPONSE.unknownFields(UnknownFields.OBSERVE));
    byte[] json = "{\"x\":1,\"a\":{\"b\":1,\"c\":2}}".getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(1);
    assertThat(schema.judge(json, 0, json.length, visit)).isEqualTo(Schema.VALID);
    assertThat(visit.spans().count(Spans.UNKNOWN)).isEqualTo(2);
    long[] gaps = Texts.gaps(visit.spans(), 1L << Spans.UNKNOWN);
    assertThat(new String(GapCopy.without(json, 0, json.length, gaps), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":{\"b\":1}}");
  }

  private static final String PETS =
      "'Cat':{'required':['kind'],'properties':{'kind':{'type':'string'},'claws':{'type':'integer'}}},"
          + "'Dog':{'required':['kind'],'properties':{'kind':{'type':'string'},'bark':{'type':'string'}}}";

  @Test
  void lets_the_discriminator_choose_among_branches() {
    Schema schema =
        root(
            "{'Root':{'oneOf':[{'$ref':'#/components/schemas/Cat'},{'$ref':'#/components/schemas/Dog'}],"
                + "'discriminator':{'propertyName':'kind','mapping':{'d':'#/components/schemas/Dog'}}},"
                + PETS
                + "}",
            REQUEST);
    assertThat(Texts.valid(schema, "{'kind':'Cat','claws':4}")).isTrue();
    assertThat(Texts.words(schema, "{'kind':'Cat','claws':'x'}")).isEqualTo("/claws type");
    assertThat(Texts.valid(schema, "{'bark':'wuff','kind':'d'}")).isTrue();
    assertThat(Texts.words(schema, "{'kind':'Fish'}")).isEqualTo("/kind oneOf");
    assertThat(Texts.words(schema, "{'bark':'wuff'}")).isEqualTo(" oneOf");
  }

  @Test
  void lets_the_mapping_of_a_base_choose_what_builds_on_it() {
    Schema schema =
        root(
            "{'Root':{'$ref':'#/components/schemas/Pet'},'Pet':{'type':'object','required':['kind'],"
                + "'properties':{'kind':{'type':'string'}},'discriminator':{'propertyName':'kind',"
                + "'mapping':{'cat':'#/components/schemas/Kitten','dog':'Puppy'}}},"
                + "'Kitten':{'allOf':[{'$ref':'#/components/schemas/Pet'},{'properties':{'claws':{'type':'integer'}}}]},"
                + "'Puppy':{'allOf':[{'$ref':'#/components/schemas/Pet'},{'required':['bark'],'properties':{'bark':{}}}]}}",
            REQUEST.unknownFields(UnknownFields.REFUSE));
    assertThat(Texts.valid(schema, "{'kind':'cat','claws':4}")).isTrue();
    assertThat(Texts.words(schema, "{'kind':'cat','claws':'4'}")).isEqualTo("/claws type");
    assertThat(Texts.words(schema, "{'kind':'dog'}")).isEqualTo(" required");
    assertThat(Texts.words(schema, "{'kind':'cat','bark':1}")).isEqualTo("/bark unknownField");
  }

  @Test
  void knows_what_builds_on_a_base_without_a_mapping() {
    Schema schema =
        root(
            "{'Root':{'type':'object','required':['kind'],'properties':{'kind':{'type':'string'}},"
                + "'discriminator':{'propertyName':'kind'}},"
                + "'Cat':{'allOf':[{'$ref':'#/components/schemas/Root'},{'properties':{'claws':{'type':'integer'}}}]},"
                + "'Kitten':{'allOf':[{'$ref':'#/components/schemas/Cat'},{'properties':{'age':{'type':'integer'}}}]}}",
            REQUEST.unknownFields(UnknownFields.REFUSE));
    assertThat(Texts.valid(schema, "{'kind':'Cat','claws':4}")).isTrue();
    assertThat(Texts.valid(schema, "{'claws':4,'kind':'Kitten','age':1}")).isTrue();
    assertThat(Texts.words(schema, "{'kind':'Cat','age':1}")).isEqualTo("/age unknownField");
    assertThat(Texts.valid(schema, "{'kind':'other'}")).isTrue();
    assertThat(Texts.words(schema, "{'kind':'other','claws':4}")).isEqualTo("/claws unknownField");
    assertThat(Texts.words(schema, "{}")).isEqualTo(" required");
  }

  @Test
  void ignores_what_stands_beside_a_reference_in_3_0_and_reads_it_in_3_1() {
    String schemas =
        "{'Root':{'$ref':'#/components/schemas/A','maxLength':1},'A':{'type':'string'}}";
    assertThat(Texts.valid(root(schemas, REQUEST), "'ab'")).isTrue();
    assertThat(Texts.valid(root(schemas, Options.of(Dialect.OPENAPI_3_1)), "'ab'")).isFalse();
  }

  @Test
  void says_what_it_cannot_judge_each_time_it_is_asked() {
    Node schema = Texts.tree("{\"properties\":{\"a\":{\"pattern\":\"(a)\\\\1\"}}}");
    SchemaCompiler compiler = new SchemaCompiler(REQUEST);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> compiler.compile(schema, List.of()))
          .isInstanceOf(ProblemsException.class)
          .hasMessageContaining("references to groups");
    }
  }

  @Test
  void names_every_fault_of_a_schema_at_once() {
    assertThatThrownBy(
            () ->
                Texts.schema(
                    "{'type':'strin','maxLength':-1,'properties':{'a':{'$ref':'#/nowhere'}},'multipleOf':0}",
                    Options.of(Dialect.DRAFT_2020_12)))
        .hasMessageContaining("`strin` is not a type")
        .hasMessageContaining("`maxLength` is a whole number")
        .hasMessageContaining("`#/nowhere` leads nowhere")
        .hasMessageContaining("`multipleOf` is greater than zero");
  }

  @Test
  void refuses_what_is_only_read_through_every_keyword_of_3_1() {
    Options newer = Options.of(Dialect.OPENAPI_3_1).direction(Direction.REQUEST);
    for (String schema :
        List.of(
            "{'if':{'required':['k']},'then':{'properties':{'id':{'readOnly':true}}}}",
            "{'if':{'properties':{'id':{'readOnly':true}}},'then':true}",
            "{'dependentSchemas':{'k':{'properties':{'id':{'readOnly':true}}}}}",
            "{'allOf':[{'anyOf':[{'properties':{'id':{'readOnly':true}}},true]}]}",
            "{'properties':{'id':{'$ref':'#/$defs/t','readOnly':true}},'$defs':{'t':{'type':'string'}}}",
            "{'properties':{'id':{'oneOf':[{'type':'string','readOnly':true},{'type':'integer'}]}}}",
            "{'patternProperties':{'^i':{'readOnly':true}}}",
            "{'additionalProperties':{'readOnly':true},'properties':{'k':true}}",
            "{'unevaluatedProperties':{'readOnly':true},'properties':{'k':true}}",
            "{'unevaluatedProperties':{'readOnly':true},'anyOf':[{'properties':{'k':true}}]}")) {
      Schema compiled = Texts.schema(schema, newer);
      assertThat(Texts.words(compiled, "{'k':1,'id':'1'}")).as(schema).isEqualTo("/id readOnly");
      assertThat(Texts.valid(compiled, "{'k':1,'id':'1'}")).as(schema).isFalse();
      assertThat(Texts.valid(compiled, "{'k':1}")).as(schema).isTrue();
    }
  }

  @Test
  void takes_what_must_be_missing_by_the_letter() {
    Options newer = Options.of(Dialect.OPENAPI_3_1).direction(Direction.REQUEST);
    String id = "'properties':{'id':{'readOnly':true},'a':true}";
    Schema not = Texts.schema("{" + id + ",'not':{'required':['id']}}", newer);
    assertThat(Texts.valid(not, "{'a':1}")).isTrue();
    Schema condition =
        Texts.schema("{" + id + ",'if':{'required':['id']},'then':{'required':['b']}}", newer);
    assertThat(Texts.valid(condition, "{'a':1}")).isTrue();
    Schema dependent = Texts.schema("{" + id + ",'dependentRequired':{'a':['id']}}", newer);
    assertThat(Texts.valid(dependent, "{'a':1}")).isTrue();
  }
}
