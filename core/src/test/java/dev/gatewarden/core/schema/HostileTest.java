package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// Inputs that were made to cost much: what they cost is counted in steps, never in time.
class HostileTest {
  private static final String TREE =
      "{'$ref':'#/$defs/n','$defs':{'n':{'oneOf':["
          + "{'required':['a'],'properties':{'c':{'$ref':'#/$defs/n'},'a':true}},"
          + "{'required':['b'],'properties':{'c':{'$ref':'#/$defs/n'},'b':true}},"
          + "{'required':['d'],'properties':{'c':{'$ref':'#/$defs/n'},'d':true}}]}}}";

  /// The bytes that were read again, for a document.
  private static long steps(Schema schema, byte[] json) {
    Visit visit = new Visit(5);
    visit.begin(json, 0, json.length, Bounds.DEFAULT);
    long before = visit.steps;
    schema.judge(json, 0, json.length, visit);
    return before - visit.steps;
  }

  @Test
  void nests_choices_without_multiplying_them() {
    Schema schema = Texts.schema(TREE);
    StringBuilder json = new StringBuilder();
    for (int depth = 0; depth < 60; depth++) {
      json.append("{\"a\":1,\"c\":");
    }
    json.append("{\"a\":1}").append("}".repeat(60));
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    assertThat(schema.judge(bytes, 0, bytes.length, new Visit(1))).isEqualTo(Schema.VALID);
    assertThat(steps(schema, bytes)).isLessThan(3L * 62 * bytes.length);
    byte[] wrong = json.toString().replace("{\"a\":1}", "{}").getBytes(StandardCharsets.UTF_8);
    assertThat(schema.explain(wrong, 0, wrong.length, Violation.Limits.DEFAULT)).isNotEmpty();
    Visit visit = new Visit(1);
    visit.begin(wrong, 0, wrong.length, Bounds.DEFAULT);
    long before = visit.steps;
    visit.explanation = Explanation.telling(Violation.Limits.DEFAULT);
    schema.run(visit);
    assertThat(before - visit.steps).isLessThan(8L * 62 * wrong.length);
  }

  @Test
  void tells_nested_items_apart_that_were_hashed_before() {
    Schema schema = Texts.schema("{'uniqueItems':true,'items':{'$ref':'#'}}");
    String long1 = "[1,'" + "a".repeat(80) + "']";
    String long2 = "[1,'" + "a".repeat(79) + "b']";
    assertThat(Texts.valid(schema, "[" + long1 + "," + long2 + "]")).isTrue();
    assertThat(Texts.valid(schema, "[" + long1 + "," + long1 + "]")).isFalse();
    assertThat(Texts.valid(schema, "[[0," + long1 + "],[0," + long1 + " ]]")).isFalse();
    assertThat(Texts.valid(schema, "[[0," + long1 + "],[0," + long2 + "]]")).isTrue();
    assertThat(Texts.valid(schema, "[{'a':" + long1 + "},{ 'a':" + long1 + "}]")).isFalse();
    assertThat(Texts.valid(schema, "[{'a':" + long1 + "},{ 'a':" + long2 + "}]")).isTrue();
  }

  @Test
  void refuses_what_is_nested_too_deeply() {
    Schema anything = Texts.schema("true");
    assertThat(Texts.valid(anything, "[".repeat(64) + "]".repeat(64))).isTrue();
    assertThat(Texts.valid(anything, "[".repeat(65) + "]".repeat(65))).isFalse();
    assertThat(Texts.valid(anything, "{\"a\":".repeat(100_000))).isFalse();
    assertThat(Texts.words(anything, "[".repeat(100_000))).endsWith("maxDepth");
  }

  @Test
  void keeps_ten_thousand_unknown_names_apart() {
    Schema anything =
        Texts.schema("true", Options.of(Dialect.DRAFT_2020_12).bounds(Bounds.DEFAULT.keys(20_000)));
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 10_000; i++) {
      json.append("\"k").append(i * 4096).append("\":{\"k").append(i).append("\":1},");
    }
    assertThat(Texts.valid(anything, json + "\"last\":1}")).isTrue();
    assertThat(Texts.words(anything, json + "\"k4096\":1}")).endsWith("duplicateKey");
    assertThat(Texts.valid(Texts.schema("true"), json + "\"last\":1}")).isFalse();
  }

  @Test
  void bounds_numbers() {
    Schema anything = Texts.schema("{'multipleOf':0.01}");
    assertThat(Texts.valid(anything, "1".repeat(512))).isTrue();
    assertThat(Texts.valid(anything, "1".repeat(513))).isFalse();
    assertThat(Texts.valid(anything, "1e1000")).isTrue();
    assertThat(Texts.valid(anything, "1e1001")).isFalse();
    assertThat(Texts.valid(anything, "1e99999999999999999999")).isFalse();
  }

  @Test
  void reads_patterns_once_whatever_they_are() {
    Schema schema = Texts.schema("{'pattern':'^(a|aa)+$'}");
    assertThat(Texts.valid(schema, "'" + "a".repeat(100_000) + "'")).isTrue();
    assertThat(Texts.valid(schema, "'" + "a".repeat(100_000) + "b'")).isFalse();
    Schema nested = Texts.schema("{'pattern':'^((a+)+)+$'}");
    assertThat(Texts.valid(nested, "'" + "a".repeat(100_000) + "!'")).isFalse();
  }

  @Test
  void never_takes_what_lies_behind_the_limit_for_the_document() {
    Schema schema = Texts.schema("{'type':'object','required':['a']}");
    byte[] stale = "{\"b\":1},\"a\":2}".getBytes(StandardCharsets.UTF_8);
    assertThat(schema.judge(stale, 0, 7, new Visit(1))).isNotEqualTo(Schema.VALID);
    byte[] open = "{\"a\":12}".getBytes(StandardCharsets.UTF_8);
    for (int end = 0; end < open.length; end++) {
      assertThat(schema.judge(open, 0, end, new Visit(1))).isNotEqualTo(Schema.VALID);
    }
    assertThat(schema.judge(open, 0, open.length, new Visit(1))).isEqualTo(Schema.VALID);
  }
}
