package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.ProblemsException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    assertThat(schema.explain(wrong, 0, wrong.length, new Visit(1), Violation.Limits.DEFAULT))
        .isNotEmpty();
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
  void looks_for_tags_behind_nested_values_without_skipping_them_again_and_again() {
    Schema schema =
        Texts.schema(
            "{'$ref':'#/$defs/n','$defs':{'n':{'oneOf':["
                + "{'required':['t'],'properties':{'t':{'const':'a'},'c':{'$ref':'#/$defs/n'}}},"
                + "{'required':['t'],'properties':{'t':{'const':'b'},'c':{'$ref':'#/$defs/n'}}}]}}}");
    String json = "{\"c\":".repeat(60) + "{\"t\":\"b\"}" + ",\"t\":\"a\"}".repeat(60);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(1);
    assertThat(schema.judge(bytes, 0, bytes.length, visit)).isEqualTo(Schema.VALID);
    for (int depth = 1; depth <= 60; depth++) {
      int at = depth * "{\"c\":".length();
      assertThat(visit.memo.get(Memo.SKIPPED, at)).isEqualTo(JsonText.end(bytes, at));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'patternProperties':{'^c':{'$ref':'#/$defs/n'},'x':{'minimum':1}},'additionalProperties':false",
        "'oneOf':[{'required':['a'],'properties':{'c':{'$ref':'#/$defs/n'},'a':true}},"
            + "{'required':['b'],'properties':{'c':{'$ref':'#/$defs/n'},'b':true}}]",
        "'allOf':[{'if':{'required':['b']},'else':{'anyOf':[{'properties':{'c':{'$ref':'#/$defs/n'}}},"
            + "{'required':['z']}]}}],'unevaluatedProperties':{'$ref':'#/$defs/n'}",
        "'not':{'not':{'not':{'not':{'not':{'not':{'properties':{'c':{'$ref':'#/$defs/n'}}}}}}}}",
      })
  void has_room_on_the_stack_for_the_deepest_document(String words) throws InterruptedException {
    Schema schema =
        Texts.schema(
            "{'$ref':'#/$defs/n','$defs':{'n':{" + words + "}}}",
            Options.of(Dialect.DRAFT_2020_12).bounds(Bounds.DEFAULT.depth(Bounds.DEEPEST)));
    String json = "{\"a\":1,\"c\":".repeat(255) + "{\"a\":[]}" + "}".repeat(255);
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            null,
            () -> {
              Visit visit = new Visit(1);
              boolean valid = schema.judge(bytes, 0, bytes.length, visit) == Schema.VALID;
              boolean told =
                  schema.explain(bytes, 0, bytes.length, visit, Violation.Limits.DEFAULT).isEmpty();
              assertThat(told).isEqualTo(valid);
              schema.readOn(bytes, 0, bytes.length, visit);
            },
            "narrow",
            1 << 20);
    thread.setUncaughtExceptionHandler((_, problem) -> thrown.add(problem));
    thread.start();
    thread.join();
    assertThat(thrown).isEmpty();
  }

  @Test
  void refuses_questions_within_questions_beyond_a_depth_of_their_own() {
    Schema schema =
        Texts.schema(
            "{'$ref':'#/$defs/n','$defs':{'n':{'not':{'not':{'not':{'not':{'not':{'not':{"
                + "'properties':{'c':{'$ref':'#/$defs/n'},'a':{'type':'integer'}}}}}}}}}}}");
    String fine = "{\"c\":".repeat(30) + "{\"a\":1}" + "}".repeat(30);
    assertThat(Texts.valid(schema, fine)).isTrue();
    String deep = "{\"c\":".repeat(62) + "{\"a\":1}" + "}".repeat(62);
    assertThat(Texts.words(schema, deep)).isEqualTo(" maxSteps");
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

  /// A document of nested members, and how often its bytes were read again.
  private static double again(Schema schema, String open, String middle, String close, int depth) {
    byte[] json =
        (open.repeat(depth) + middle + close.repeat(depth)).getBytes(StandardCharsets.UTF_8);
    assertThat(schema.judge(json, 0, json.length, new Visit(3))).isEqualTo(Schema.VALID);
    return (double) steps(schema, json) / json.length;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'anyOf':[{'required':['a'],'properties':{'c':{'$ref':'#/$defs/n'}}},"
            + "{'required':['b'],'properties':{'c':{'$ref':'#/$defs/n'}}}]",
        "'oneOf':[{'required':['z'],'properties':{'c':{'$ref':'#/$defs/n'}}},"
            + "{'properties':{'c':{'$ref':'#/$defs/n'},'a':true}}]",
        "'allOf':[{'anyOf':[{'properties':{'c':{'$ref':'#/$defs/n'}}},false]},"
            + "{'anyOf':[{'properties':{'c':{'$ref':'#/$defs/n'}}},{'required':['a']}]}]",
        "'not':{'required':['a'],'properties':{'c':{'not':{'$ref':'#/$defs/n'}}},'anyOf':["
            + "{'properties':{'c':false}},{'required':['z']}]}",
        "'if':{'properties':{'c':{'$ref':'#/$defs/n'}}},'then':{'properties':{'c':{'$ref':'#/$defs/n'}}}",
        "'dependentSchemas':{'a':{'properties':{'c':{'$ref':'#/$defs/n'}}},"
            + "'c':{'properties':{'c':{'$ref':'#/$defs/n'}}}}",
        "'anyOf':[{'properties':{'a':true}},{'properties':{'c':{'$ref':'#/$defs/n'}}}],"
            + "'properties':{'c':{'$ref':'#/$defs/n'}},'unevaluatedProperties':{'$ref':'#/$defs/n'}",
      })
  void reads_nested_questions_again_as_often_as_they_nest(String words) {
    Schema schema = Texts.schema("{'$ref':'#/$defs/n','$defs':{'n':{" + words + "}}}");
    double thirty = again(schema, "{\"a\":1,\"c\":", "{\"a\":1}", "}", 30);
    double sixty = again(schema, "{\"a\":1,\"c\":", "{\"a\":1}", "}", 60);
    assertThat(sixty).isLessThan(2.2 * thirty + 1).isLessThan(8 * 60);
  }

  @Test
  void reads_a_wide_document_again_as_often_as_a_narrow_one() {
    Schema schema =
        Texts.schema(
            "{'items':{'oneOf':[{'properties':{'a':{'type':'integer'}},'required':['b']},"
                + "{'properties':{'a':{'type':'string'}}}]},'contains':{'required':['a']},"
                + "'unevaluatedItems':false}");
    double thousand = wide(schema, 1_000);
    double eight = wide(schema, 8_000);
    assertThat(eight).isLessThan(1.1 * thousand);
  }

  private static double wide(Schema schema, int count) {
    String item = "{\"a\":\"x\"}";
    byte[] json =
        ("[" + (item + ",").repeat(count - 1) + item + "]").getBytes(StandardCharsets.UTF_8);
    assertThat(schema.judge(json, 0, json.length, new Visit(3))).isEqualTo(Schema.VALID);
    return (double) steps(schema, json) / json.length;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'items':{'oneOf':[{'required':['a'],'properties':{'a':{'x-class':1}}},{'required':['b']}]}",
        "'oneOf':[{'items':{'properties':{'a':{'x-class':1}}}},{'maxItems':1}]",
        "'items':{'properties':{'a':{'x-class':1}}},'contains':{'properties':{'a':{'x-class':1}}}",
        "'items':{'patternProperties':{'a':{'x-class':1},'^a':{'x-class':1}}}",
      })
  void marks_each_of_many_values_once_without_looking_at_all_the_others(String words) {
    Labels labels = schema -> schema.get("x-class") == null ? 0 : 1L << 9;
    Bounds bounds = Bounds.DEFAULT.items(50_000);
    Schema schema =
        Texts.schema(
            "{" + words + "}", Options.of(Dialect.DRAFT_2020_12).labels(labels).bounds(bounds));
    byte[] json =
        ("[" + "{\"a\":7},".repeat(39_999) + "{\"a\":8}]").getBytes(StandardCharsets.UTF_8);
    Visit visit = new Visit(1);
    assertThat(schema.judge(json, 0, json.length, visit)).isEqualTo(Schema.VALID);
    assertThat(visit.spans().count(9)).isEqualTo(40_000);
    assertThat(1_000_000L + 64L * json.length - visit.steps).isLessThan(6L * json.length);
  }

  @Test
  void follows_dynamic_references_as_deep_as_a_document_and_no_further() {
    Schema schema =
        Texts.schema(
            "{'$id':'test:/strict','$dynamicAnchor':'node','$ref':'test:/tree',"
                + "'unevaluatedProperties':false,'$defs':{'tree':{'$id':'test:/tree',"
                + "'$dynamicAnchor':'node','properties':{'a':true,'c':{'anyOf':["
                + "{'$dynamicRef':'#node'},{'type':'null'}]}}}}}");
    double thirty = again(schema, "{\"a\":1,\"c\":", "null", "}", 30);
    double sixty = again(schema, "{\"a\":1,\"c\":", "null", "}", 60);
    assertThat(sixty).isLessThan(2.2 * thirty + 1);
    assertThat(Texts.valid(schema, "{\"c\":{\"c\":{\"b\":1}}}")).isFalse();
  }

  @Test
  void tells_ten_thousand_items_apart_with_a_few_looks_at_each() {
    Schema schema = Texts.schema("{'uniqueItems':true}");
    for (String item :
        new String[] {"%d", "\"k%d\"", "{\"a\":%d,\"b\":[%1$d]}", "[[%d]]", "%d.5"}) {
      StringBuilder json = new StringBuilder("[");
      for (int i = 0; i < 9_999; i++) {
        json.append(item.formatted(i)).append(',');
      }
      byte[] last = (json + "null]").getBytes(StandardCharsets.UTF_8);
      assertThat(schema.judge(last, 0, last.length, new Visit(4))).isEqualTo(Schema.VALID);
      assertThat(steps(schema, last)).as(item).isBetween(1L, 40_000L);
      byte[] twice = (json + item.formatted(17) + "]").getBytes(StandardCharsets.UTF_8);
      assertThat(schema.judge(twice, 0, twice.length, new Visit(4))).isNotEqualTo(Schema.VALID);
    }
  }

  @Test
  void looks_a_value_up_in_a_huge_enum() {
    StringBuilder numbers = new StringBuilder();
    StringBuilder texts = new StringBuilder();
    StringBuilder objects = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      numbers.append(i * 3).append(i % 2 == 0 ? ".50," : ",");
      texts.append("\"t").append(i).append("\",");
      objects.append("{\"a\":").append(i).append("},");
    }
    Schema schema = Texts.schema("{'items':{'enum':[" + numbers + texts + objects + "null]}}");
    assertThat(Texts.valid(schema, "[null,\"t9999\",0.5,29997,6.5e0,{\"a\":9999.0}]")).isTrue();
    for (String other :
        new String[] {"1", "29998", "-0.5", "\"t10000\"", "{\"a\":10000}", "true"}) {
      assertThat(Texts.valid(schema, "[" + other + "]")).as(other).isFalse();
    }
    byte[] many = ("[" + "29997,".repeat(9_999) + "3]").getBytes(StandardCharsets.UTF_8);
    assertThat(schema.judge(many, 0, many.length, new Visit(1))).isEqualTo(Schema.VALID);
    byte[] objectsOnly =
        ("[" + "{\"a\":9999},".repeat(2_000) + "null]").getBytes(StandardCharsets.UTF_8);
    assertThat(Texts.words(schema, new String(objectsOnly, StandardCharsets.UTF_8)))
        .as("what takes too many comparisons is given up, not waited for")
        .contains("maxSteps");
  }

  @Test
  void seeds_names_so_that_nobody_can_choose_them_to_collide() {
    long known = new Visit(1).keys.seed();
    long unknown = new Visit(2).keys.seed();
    List<byte[]> colliding = new ArrayList<>();
    for (int i = 0; colliding.size() < 400; i++) {
      byte[] name = ("k" + i).getBytes(StandardCharsets.UTF_8);
      if ((Scan.hash(name, 0, name.length, known) & 0xFFF) == 0) {
        colliding.add(name);
      }
    }
    long apart =
        colliding.stream()
            .map(name -> Scan.hash(name, 0, name.length, unknown) & 0xFFF)
            .distinct()
            .count();
    assertThat(apart).isGreaterThan(300);
  }

  @Test
  void keeps_automata_small_whatever_a_pattern_asks_for() {
    for (String pattern :
        List.of("^(a|b)*a(a|b){14}$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a?){40}a{40}")) {
      Schema schema;
      try {
        schema = Texts.schema("{'pattern':'" + pattern + "'}");
      } catch (ProblemsException refused) {
        continue;
      }
      byte[] json = ("\"" + "ab".repeat(60_000) + "xxxx\"").getBytes(StandardCharsets.UTF_8);
      boolean valid = schema.judge(json, 0, json.length, new Visit(1)) == Schema.VALID;
      assertThat(valid).as(pattern).isFalse();
    }
  }
}
