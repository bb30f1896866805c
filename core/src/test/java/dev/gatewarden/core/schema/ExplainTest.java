package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {
  private static final Schema ORDER =
      Texts.schema(
          """
          {"type":"object","required":["id","total"],"properties":{
           "id":{"type":"string","maxLength":3},"total":{"type":"number","maximum":100},
           "lines":{"items":{"required":["sku"],"properties":{"sku":{"pattern":"^[A-Z]+$"}}}},
           "pay":{"oneOf":[{"required":["card"],"properties":{"card":{"type":"string"},"cvc":{"type":"integer"}}},
                           {"required":["iban"],"properties":{"iban":{"type":"string"}}}]}}}
          """);

  @Test
  void tells_all_that_is_wrong_with_its_place_and_the_place_in_the_schema() {
    List<Violation> told =
        Texts.violations(ORDER, "{'id':'abcd','lines':[{'sku':'A'},{'sku':'b'},{}],'total':101}");
    assertThat(told)
        .extracting(Violation::instanceLocation)
        .containsExactly("/id", "/lines/1/sku", "/lines/2", "/total");
    assertThat(told)
        .extracting(Violation::keywordLocation)
        .containsExactly(
            "#/properties/id/maxLength",
            "#/properties/lines/items/properties/sku/pattern",
            "#/properties/lines/items/required",
            "#/properties/total/maximum");
    assertThat(told)
        .extracting(Violation::sentence)
        .containsExactly(
            "must be at most 3 characters long",
            "must match the pattern `^[A-Z]+$`",
            "must have the field `sku`",
            "must be at most 100");
  }

  @Test
  void tells_of_the_alternative_that_came_closest() {
    assertThat(Texts.words(ORDER, "{'id':'a','total':1,'pay':{'card':'1','cvc':'x'}}"))
        .isEqualTo("/pay oneOf; /pay/cvc type");
  }

  @Test
  void never_repeats_a_value() {
    List<Violation> told =
        Texts.violations(
            ORDER, "{'id':'s3cret-value','total':'s3cret-value','pay':'s3cret-value'}");
    assertThat(told).isNotEmpty().noneMatch(one -> one.toString().contains("s3cret"));
  }

  @Test
  void stops_at_its_limits() {
    StringBuilder json = new StringBuilder("{'id':'a','total':1,'lines':[");
    json.append("{},".repeat(500)).append("{}]}");
    assertThat(Texts.violations(ORDER, json.toString()))
        .hasSize(Violation.Limits.DEFAULT.violations());
    byte[] deep = ("{\"" + "n".repeat(1000) + "\":[1,}").getBytes(StandardCharsets.UTF_8);
    assertThat(ORDER.explain(deep, 0, deep.length, new Visit(1), new Violation.Limits(3, 40)))
        .allMatch(one -> one.instanceLocation().length() <= 40);
  }

  @Test
  void tells_where_json_breaks() {
    assertThat(Texts.words(ORDER, "{'id':'a','total':1,}")).endsWith("json");
    assertThat(Texts.words(ORDER, "{'id':'a','id':'b','total':1}")).isEqualTo("/id duplicateKey");
    assertThat(Texts.words(ORDER, "")).isEqualTo(" json");
    byte[] latin = {'"', (byte) 0xE9, '"'};
    assertThat(
            ORDER.explain(latin, 0, 3, new Visit(1), Violation.Limits.DEFAULT).getFirst().error())
        .isEqualTo("encoding");
  }
}
