package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each bound with both of its neighbours: what is usual, what a schema may state beyond it, and
/// the ceiling beyond which nothing goes.
class BoundsTest {
  private static final Bounds SMALL =
      Bounds.DEFAULT.depth(3).usual(4, 5, 6).numberDigits(7).exponent(2);

  static List<Arguments> neighbours() {
    return List.of(
        neighbour("depth", "true", "[[[1]]]", "[[[[1]]]]", "maxDepth"),
        neighbour("depth of a mix", "true", "[{\"a\":[1]}]", "[{\"a\":[{}]}]", "maxDepth"),
        neighbour(
            "depth behind what was left",
            "true",
            "[[[1]],{\"a\":[1]}]",
            "[[[1]],{\"a\":[{}]}]",
            "maxDepth"),
        neighbour("depth of the empty", "true", "[[[]]]", "[[[[]]]]", "maxDepth"),
        neighbour(
            "keys behind what was left",
            "true",
            "[{\"a\":{\"a\":1},\"b\":[],\"c\":3,\"d\":4}]",
            "[{\"a\":{\"a\":1},\"b\":[],\"c\":3,\"d\":4,\"e\":5}]",
            "maxKeys"),
        neighbour(
            "items behind what was left",
            "true",
            "[[1,2,3,4,5],[[]],{\"a\":1},4,[]]",
            "[[1,2,3,4,5],[[]],{\"a\":1},4,[],6]",
            "maxItems"),
        neighbour("usual keys", "true", object(4), object(5), "maxKeys"),
        neighbour("usual keys, typed", "{\"type\":\"object\"}", object(4), object(5), "maxKeys"),
        neighbour("stated keys", "{\"maxProperties\":9}", object(9), object(10), "maxKeys"),
        neighbour(
            "fewer stated keys", "{\"maxProperties\":2}", object(2), object(3), "maxProperties"),
        neighbour("usual items", "true", array(5), array(6), "maxItems"),
        neighbour("usual items, typed", "{\"type\":\"array\"}", array(5), array(6), "maxItems"),
        neighbour("stated items", "{\"maxItems\":9}", array(9), array(10), "maxItems"),
        neighbour("usual text", "true", text(6), text(7), "maxStringBytes"),
        neighbour(
            "usual name", "true", "{" + text(6) + ":1}", "{" + text(7) + ":1}", "maxStringBytes"),
        neighbour("stated text", "{\"maxLength\":9}", text(9), text(10), "maxLength"),
        neighbour("digits", "true", "1234567", "12345678", "maxNumberDigits"),
        neighbour("fraction digits", "true", "0.12345", "0.123456", "maxNumberDigits"),
        neighbour("exponent", "true", "1e2", "1e3", "maxNumberDigits"));
  }

  @ParameterizedTest
  @MethodSource("neighbours")
  void lets_the_last_pass_and_refuses_the_next(
      String schema, String last, String next, String keyword) {
    Schema compiled = compiled(schema, SMALL);
    assertThat(
            compiled.explain(
                bytes(last), 0, bytes(last).length, new Visit(1), Violation.Limits.DEFAULT))
        .isEmpty();
    assertThat(
            compiled.explain(
                bytes(next), 0, bytes(next).length, new Visit(1), Violation.Limits.DEFAULT))
        .extracting(Violation::error)
        .contains(keyword);
  }

  static List<Arguments> ceilings() {
    return List.of(
        neighbour("keys", "{\"maxProperties\":99}", object(4), object(5), "maxKeys"),
        neighbour("items", "{\"maxItems\":99}", array(5), array(6), "maxItems"),
        neighbour("text", "{\"maxLength\":99}", text(6), text(7), "maxStringBytes"));
  }

  @ParameterizedTest
  @MethodSource("ceilings")
  void a_schema_does_not_go_beyond_a_ceiling(
      String schema, String last, String next, String keyword) {
    Schema compiled = compiled(schema, Bounds.DEFAULT.keys(4).items(5).stringBytes(6));
    assertThat(
            compiled.explain(
                bytes(last), 0, bytes(last).length, new Visit(1), Violation.Limits.DEFAULT))
        .isEmpty();
    assertThat(
            compiled.explain(
                bytes(next), 0, bytes(next).length, new Visit(1), Violation.Limits.DEFAULT))
        .extracting(Violation::error)
        .contains(keyword);
  }

  @Test
  void a_long_text_that_one_schema_states_makes_no_room_in_another() {
    SchemaCompiler compiler = new SchemaCompiler(Options.of(Dialect.DRAFT_2020_12).bounds(SMALL));
    Schema roomy = compiler.compile(Texts.tree("{\"items\":{\"maxLength\":9}}"), List.of());
    Schema plain = compiler.compile(Texts.tree("{\"items\":true}"), List.of());
    byte[] json = bytes("[" + text(9) + "]");
    assertThat(roomy.judge(json, 0, json.length, new Visit(1))).isEqualTo(Schema.VALID);
    assertThat(plain.judge(json, 0, json.length, new Visit(1))).isNotEqualTo(Schema.VALID);
  }

  private static Arguments neighbour(
      String title, String schema, String last, String next, String keyword) {
    return Arguments.argumentSet(title, schema, last, next, keyword);
  }

  private static String object(int keys) {
    StringBuilder object = new StringBuilder("{");
    for (int i = 0; i < keys; i++) {
      object.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
    }
    return object.append('}').toString();
  }

  private static String array(int items) {
    return "[" + String.join(",", Collections.nCopies(items, "1")) + "]";
  }

  private static String text(int length) {
    return "\"" + "x".repeat(length) + "\"";
  }

  private static Schema compiled(String schema, Bounds bounds) {
    return SchemaCompiler.compile(
        Texts.tree(schema), Options.of(Dialect.DRAFT_2020_12).bounds(bounds));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
