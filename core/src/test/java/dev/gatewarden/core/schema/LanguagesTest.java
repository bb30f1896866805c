package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.References;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Which language a schema is read in, and who may say so.
class LanguagesTest {
  private static final URI HERE = URI.create("file:///api/openapi.json");
  private static final Map<String, String> OTHERS =
      Map.of(
          "https://example.com/loose",
          "{'$schema':'https://json-schema.org/draft/2020-12/schema','$vocabulary':{"
              + "'https://json-schema.org/draft/2020-12/vocab/core':true,"
              + "'https://json-schema.org/draft/2020-12/vocab/applicator':true}}",
          "https://example.com/asserting",
          "{'$schema':'https://json-schema.org/draft/2020-12/schema','$vocabulary':{"
              + "'https://json-schema.org/draft/2020-12/vocab/format-assertion':true}}",
          "https://example.com/strange",
          "{'$schema':'https://json-schema.org/draft/2020-12/schema','$vocabulary':{"
              + "'https://example.com/vocab/strange':true}}");

  private static References.Resolution others(String reference, Place from) {
    String text = OTHERS.get(reference);
    return text == null
        ? new References.Resolution.Missing(new Problem(from, "no `" + reference + "`"))
        : new References.Resolution.Found(Texts.tree(text.replace('\'', '"')));
  }

  /// The response schema of a contract of version 3.1 with these members.
  private static Schema contract(String members, String schema) {
    byte[] text =
        ("{'openapi':'3.1.0'," + members + "'paths':{'/a':{'get':{'schema':" + schema + "}}}}")
            .replace('\'', '"')
            .getBytes(StandardCharsets.UTF_8);
    Documents documents =
        new Documents(
            address -> text, Bounds.DEFAULT, new Place.Origin(HERE, "openapi.json"), Set.of());
    Node at = documents.root();
    for (String name : new String[] {"paths", "/a", "get", "schema"}) {
      at = ((Node.Obj) at).get(name);
    }
    References both =
        (reference, from) ->
            OTHERS.containsKey(reference)
                ? others(reference, from)
                : documents.resolve(reference, from);
    return SchemaCompiler.compile(at, Options.of(Dialect.OPENAPI_3_1).references(both));
  }

  @Test
  void reads_a_resource_in_the_dialect_it_names() {
    Schema schema =
        Texts.schema(
            "{'$defs':{'old':{'$id':'test:/old','$schema':'http://json-schema.org/draft-07/schema#',"
                + "'items':[{'type':'null'}]}},'$ref':'test:/old'}");
    assertThat(Texts.valid(schema, "[null,1]")).isTrue();
    assertThat(Texts.valid(schema, "[1]")).isFalse();
  }

  @Test
  void takes_either_scheme_and_an_empty_fragment_for_the_same_address() {
    Schema schema =
        Texts.schema(
            "{'$schema':'https://json-schema.org/draft-04/schema','maximum':3,'exclusiveMaximum':true}");
    assertThat(Texts.valid(schema, "2")).isTrue();
    assertThat(Texts.valid(schema, "3")).isFalse();
  }

  @Test
  void asks_for_whole_numbers_to_be_written_so_in_draft_4_alone() {
    assertThat(Texts.valid(Texts.schema("{'type':'integer'}", Options.of(Dialect.DRAFT_4)), "1.0"))
        .isFalse();
    assertThat(Texts.valid(Texts.schema("{'type':'integer'}", Options.of(Dialect.DRAFT_4)), "1e0"))
        .isFalse();
    assertThat(Texts.valid(Texts.schema("{'type':'integer'}", Options.of(Dialect.DRAFT_4)), "10"))
        .isTrue();
    assertThat(Texts.valid(Texts.schema("{'type':'integer'}", Options.of(Dialect.DRAFT_6)), "1.0"))
        .isTrue();
  }

  @Test
  void honours_a_metaschema_that_asserts_nothing_where_a_schema_stands_alone() {
    Options alone = Options.of(Dialect.DRAFT_2020_12).references(LanguagesTest::others);
    String loose =
        "{'$schema':'https://example.com/loose','properties':{'a':{'minimum':10},'b':false}}";
    assertThat(Texts.valid(Texts.schema(loose, alone), "{'a':1}")).isTrue();
    assertThat(Texts.valid(Texts.schema(loose, alone), "{'b':1}")).isFalse();
    assertThat(Texts.valid(Texts.schema(loose, alone.stated(Stated.DIALECT)), "{'a':1}")).isFalse();
  }

  @Test
  void lets_no_metaschema_switch_the_judgement_of_a_contract_off() {
    String schema = "{'$schema':'https://example.com/loose','minimum':10}";
    assertThat(Texts.valid(contract("", schema), "1")).isFalse();
    Schema everywhere =
        contract("'jsonSchemaDialect':'https://example.com/loose',", "{'minimum':10}");
    assertThat(Texts.valid(everywhere, "1")).isFalse();
  }

  @Test
  void lets_a_metaschema_make_formats_a_promise() {
    Options notes =
        Options.of(Dialect.DRAFT_2020_12).references(LanguagesTest::others).assertFormats(false);
    Schema schema =
        Texts.schema("{'$schema':'https://example.com/asserting','format':'ipv4'}", notes);
    assertThat(Texts.valid(schema, "'x'")).isFalse();
    assertThat(Texts.valid(Texts.schema("{'format':'ipv4'}", notes), "'x'")).isTrue();
  }

  @Test
  void refuses_dialects_and_vocabularies_it_does_not_know() {
    Options options = Options.of(Dialect.DRAFT_2020_12).references(LanguagesTest::others);
    assertThatThrownBy(() -> Texts.schema("{'$schema':'https://example.com/nowhere'}", options))
        .hasMessageContaining("`https://example.com/nowhere`, which is not known here");
    assertThatThrownBy(() -> Texts.schema("{'$schema':'https://example.com/strange'}", options))
        .hasMessageContaining("`https://example.com/vocab/strange` is required and not known");
  }

  @Test
  void reads_a_contract_in_the_dialect_it_names() {
    Schema schema =
        contract(
            "'jsonSchemaDialect':'http://json-schema.org/draft-07/schema#',",
            "{'items':[{'type':'null'}],'additionalItems':false}");
    assertThat(Texts.valid(schema, "[null]")).isTrue();
    assertThat(Texts.valid(schema, "[null,1]")).isFalse();
    Schema own =
        contract(
            "'jsonSchemaDialect':'https://spec.openapis.org/oas/3.1/dialect/base',",
            "{'prefixItems':[{'type':'null'}],'items':false}");
    assertThat(Texts.valid(own, "[null]")).isTrue();
    assertThat(Texts.valid(own, "[1]")).isFalse();
  }

  @Test
  void reads_one_schema_of_a_contract_in_a_dialect_of_its_own() {
    Schema schema =
        contract(
            "'components':{'schemas':{'Old':{'$id':'old.json',"
                + "'$schema':'http://json-schema.org/draft-04/schema#',"
                + "'maximum':3,'exclusiveMaximum':true}}},",
            "{'items':{'$ref':'old.json'},'maxItems':1}");
    assertThat(Texts.valid(schema, "[2]")).isTrue();
    assertThat(Texts.valid(schema, "[3]")).isFalse();
    assertThat(Texts.valid(schema, "[2,2]")).isFalse();
  }

  @Test
  void finds_schemas_of_a_contract_by_the_addresses_they_give_themselves() {
    Schema schema =
        contract(
            "'components':{'schemas':{'A':{'$id':'https://example.com/a','$defs':{'n':{'$anchor':'n',"
                + "'type':'integer'}},'properties':{'x':{'$ref':'#n'},'y':{'$ref':'#/$defs/n'}}},"
                + "'B':{'$anchor':'n','type':'string'}}},",
            "{'allOf':[{'$ref':'https://example.com/a'}],'properties':{'z':{'$ref':'#n'},"
                + "'w':{'$ref':'https://example.com/a#n'}}}");
    assertThat(Texts.valid(schema, "{'x':1,'y':1,'z':'a','w':1}")).isTrue();
    assertThat(Texts.words(schema, "{'x':'a','y':'a','z':1,'w':'a'}"))
        .isEqualTo("/x type; /y type; /z type; /w type");
  }

  @Test
  void follows_dynamic_references_within_a_contract() {
    Schema schema =
        contract(
            "'components':{'schemas':{'Tree':{'$id':'https://example.com/tree','$dynamicAnchor':'node',"
                + "'properties':{'data':true,'children':{'items':{'$dynamicRef':'#node'}}}}}},",
            "{'$id':'https://example.com/strict','$dynamicAnchor':'node',"
                + "'$ref':'https://example.com/tree','unevaluatedProperties':false}");
    assertThat(Texts.valid(schema, "{'children':[{'data':1}]}")).isTrue();
    assertThat(Texts.valid(schema, "{'children':[{'daat':1}]}")).isFalse();
  }

  @Test
  void finds_metaschemas_from_a_contract_without_a_network() {
    Schema newer = contract("", "{'$ref':'https://json-schema.org/draft/2020-12/schema'}");
    assertThat(Texts.valid(newer, "{'properties':{'a':{'type':'integer'}}}")).isTrue();
    assertThat(Texts.valid(newer, "{'properties':{'a':{'type':'int'}}}")).isFalse();
    Schema older =
        Texts.schema(
            "{'$ref':'http://json-schema.org/draft-04/schema#'}", Options.of(Dialect.OPENAPI_3_0));
    assertThat(Texts.valid(older, "{'items':[{'minimum':1}]}")).isTrue();
    assertThat(Texts.valid(older, "{'items':[{'minimum':'1'}]}")).isFalse();
    Schema part =
        Texts.schema(
            "{'$ref':'http://json-schema.org/draft-07/schema#/definitions/nonNegativeInteger'}",
            Options.of(Dialect.OPENAPI_3_0));
    assertThat(Texts.valid(part, "0")).isTrue();
    assertThat(Texts.valid(part, "-1")).isFalse();
  }

  @Test
  void judges_content_in_draft_7_and_leaves_it_a_note_elsewhere() {
    String schema = "{'contentEncoding':'base64','contentMediaType':'application/json'}";
    Schema seven = Texts.schema(schema, Options.of(Dialect.DRAFT_7));
    assertThat(Texts.valid(seven, "'e30='")).isTrue();
    assertThat(Texts.words(seven, "'e3s='")).isEqualTo(" contentMediaType");
    assertThat(Texts.words(seven, "'e30'")).isEqualTo(" contentEncoding;  contentMediaType");
    assertThat(Texts.valid(Texts.schema(schema), "'e30'")).isTrue();
  }

  @Test
  void believes_no_schema_where_whoever_asks_knows_better() {
    Options options = Options.of(Dialect.DRAFT_7).stated(Stated.IGNORED);
    String four = "{'$schema':'http://json-schema.org/draft-04/schema#','const':1}";
    assertThat(Texts.valid(Texts.schema(four, options), "2")).isFalse();
    assertThat(Texts.valid(Texts.schema(four), "2")).isTrue();
    assertThat(Texts.valid(Texts.schema("{'$schema':'test:/nowhere'}", options), "2")).isTrue();
  }
}
