package dev.gatewarden.core.canon.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Bounds;
import dev.gatewarden.core.document.Documents;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.exchange.Bytes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNormalizerTest {
  private static final Place.Origin HERE = new Place.Origin(URI.create("file:/s.yaml"), "s.yaml");

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "[trim] | \"  a b \\t\" | \"a b\"",
        "[trim] | \"\\u00a0\\u3000a\\u2003\" | \"a\"",
        "[trim] | \"a\" | \"a\"",
        "[trim] | \"   \" | \"\"",
        "[lower-case] | \"ÄbC\" | \"äbc\"",
        "[lower-case] | \"İ\" | \"i̇\"",
        "lower-case | \"A\" | \"a\"",
        "[nfc] | \"e\\u0301\" | \"é\"",
        "[nfc, trim, lower-case] | \" E\\u0301 \" | \"é\"",
        "[trim] | 1 | 1",
        "[trim] | {\"a\":\" x \"} | {\"a\":\" x \"}",
        "[trim] | \" \\\"\\\\\\n\\u0001x \" | \"\\\"\\\\\\n\\u0001x\"",
        "[unique-items] | [1, 2,1 , 1.0, \"1\"] | [1, 2 , \"1\"]",
        "[unique-items] | [ ] | [ ]",
        "[unique-items] | [1,2] | [1,2]",
        "[unique-items] | [{\"a\":1,\"b\":2},{ \"b\" : 2.0, \"a\" : 1e0 }] | [{\"a\":1,\"b\":2}]",
        "[unique-items] | [9007199254740993,9007199254740992] |"
            + " [9007199254740993,9007199254740992]",
        "[unique-items] | [[1],[1],[2]] | [[1],[2]]",
        "[unique-items] | [\"a\",\"\\u0061\"] | [\"a\"]",
      })
  void brings_a_value_into_its_form(String words, String before, String after) {
    String schema = "{x-gatewarden-normalize: " + words + "}";
    assertThat(normal(schema, before)).isEqualTo(after);
    assertThat(normal(schema, after)).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{properties: {a: {x-gatewarden-normalize: trim}}} | {\"b\": \" x \", \"a\" :\" y \""
            + " ,\"c\":1} | {\"b\": \" x \", \"a\" :\"y\" ,\"c\":1}",
        "{properties: {a: {x-gatewarden-normalize: trim}}}"
            + " | {\"\\u0061\":\" y \"} | {\"\\u0061\":\"y\"}",
        "{items: {x-gatewarden-normalize: trim}} | [\" a\",[\" b\"],\"c \"] | [\"a\",[\""
            + " b\"],\"c\"]",
        "{items: {x-gatewarden-normalize: trim}, x-gatewarden-normalize: unique-items}"
            + " | [\" a\", \"a \", \"b\", \"a\"] | [\"a\", \"b\"]",
        "{prefixItems: [{}, {x-gatewarden-normalize: trim}], items: {}}"
            + " | [\" a\",\" b\",\" c\"] | [\" a\",\"b\",\" c\"]",
        "{additionalProperties: {x-gatewarden-normalize: lower-case}, properties: {a: {}}}"
            + " | {\"a\":\"A\",\"b\":\"B\"} | {\"a\":\"A\",\"b\":\"b\"}",
        "{allOf: [{properties: {a: {type: string}}}, {properties: {a: {x-gatewarden-normalize:"
            + " trim}}}]} | {\"a\":\" x\"} | {\"a\":\"x\"}",
        "{oneOf: [{properties: {a: {const: x}}}, {properties: {a: {x-gatewarden-normalize:"
            + " trim}}}]} | {\"a\":\" x\"} | {\"a\":\"x\"}",
        "{$ref: '#/$defs/t', $defs: {t: {properties: {name: {x-gatewarden-normalize: trim},"
            + " kids: {items: {$ref: '#/$defs/t'}}}}}}"
            + " | {\"name\":\" a\",\"kids\":[{\"name\":\"b \",\"kids\":[{\"name\":\" c\"}]}]}"
            + " | {\"name\":\"a\",\"kids\":[{\"name\":\"b\",\"kids\":[{\"name\":\"c\"}]}]}",
      })
  void finds_the_values_wherever_the_schema_describes_them(
      String schema, String before, String after) {
    assertThat(normal(schema, before)).isEqualTo(after);
  }

  @Test
  void returns_the_very_bytes_where_nothing_changes() {
    NormalForm form = form("{properties: {a: {x-gatewarden-normalize: [trim, unique-items]}}}");
    Bytes json = bytes("{\"a\":\"x\",\"b\":[1,1]}");
    assertThat(JsonNormalizer.apply(form, json)).isSameAs(json);
  }

  @Test
  void leaves_what_is_no_json_to_the_schema() {
    NormalForm form = form("{x-gatewarden-normalize: trim}");
    for (String wrong : List.of("", "\" a", "\" a\" 1", "{\"a\":}", "[1,]", "\"\\ud800\"")) {
      assertThat(JsonNormalizer.apply(form, bytes(wrong))).as(wrong).isNull();
    }
  }

  @Test
  void sees_no_form_where_nothing_is_declared() {
    assertThat(read("{properties: {a: {items: {type: string}}}}", new ArrayList<>())).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '`',
      value = {
        "{x-gatewarden-normalize: [trimm]} | did you mean `trim`?",
        "{x-gatewarden-normalize: 1} | it takes `trim`, `lower-case`, `nfc`, `unique-items`",
        "{type: integer, x-gatewarden-normalize: trim} | say it of the texts",
        "{type: string, x-gatewarden-normalize: unique-items} | say it of the array",
        "{patternProperties: {'^a': {x-gatewarden-normalize: trim}}}"
            + " | name the properties whose texts are to be normalized",
        "{patternProperties: {'^a': {}}, additionalProperties: {x-gatewarden-normalize: trim}}"
            + " | name the properties whose texts are to be normalized",
      })
  void says_what_is_declared_and_cannot_be_done(String schema, String advice) {
    List<Problem> problems = new ArrayList<>();
    var unused = read(schema, problems);
    assertThat(problems).extracting(Problem::advice).containsExactly(advice);
  }

  private static @Nullable String normal(String schema, String json) {
    NormalForm form = form(schema);
    Bytes after = JsonNormalizer.apply(form, bytes(json));
    return after == null ? null : after.utf8();
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static NormalForm form(String schema) {
    List<Problem> problems = new ArrayList<>();
    NormalForm form = read(schema, problems);
    assertThat(problems).isEmpty();
    return java.util.Objects.requireNonNull(form);
  }

  private static @Nullable NormalForm read(String schema, List<Problem> problems) {
    byte[] text = schema.getBytes(StandardCharsets.UTF_8);
    Documents documents = new Documents(_ -> text, Bounds.DEFAULT, HERE, Set.of());
    return new NormalFormReader(documents, problems).read(documents.root());
  }
}
