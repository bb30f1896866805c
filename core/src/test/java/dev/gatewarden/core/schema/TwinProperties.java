package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// The engine and its slow, obvious twin agree on schemas and documents made at random.
class TwinProperties {
  private static final String[] NAMES = {"a", "b", "c", "\\u0061", "é"};
  private static final String[] SCALARS = {
    "0",
    "1",
    "1.0",
    "2",
    "2.5",
    "-1",
    "1e1",
    "10",
    "0.5",
    "\"\"",
    "\"a\"",
    "\"ab\"",
    "\"\\u0061\"",
    "\"\\ud83d\\ude00\"",
    "true",
    "false",
    "null"
  };

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void judges_as_its_twin_does(@ForAll long seed) {
    Random random = new Random(seed);
    String schemaText = schema(random, 3);
    Node schema = Texts.tree(schemaText);
    Schema compiled = SchemaCompiler.compile(schema, Options.of(Dialect.DRAFT_2020_12));
    Visit visit = new Visit(seed);
    for (int i = 0; i < 20; i++) {
      String json = spaced(random, value(random, 3));
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      boolean expected = Twin.valid(schema, Texts.tree(json));
      boolean valid = compiled.judge(bytes, 0, bytes.length, visit) == Schema.VALID;
      assertThat(valid).as(schemaText + " on " + json).isEqualTo(expected);
      assertThat(
              compiled
                  .explain(bytes, 0, bytes.length, new Visit(1), Violation.Limits.DEFAULT)
                  .isEmpty())
          .as(schemaText + " explains " + json)
          .isEqualTo(expected);
    }
  }

  @Property(tries = 400, shrinking = ShrinkingMode.OFF)
  void sees_nothing_of_what_lies_around_a_document(@ForAll long seed) {
    Random random = new Random(seed);
    String schemaText = schema(random, 3);
    Schema compiled =
        SchemaCompiler.compile(Texts.tree(schemaText), Options.of(Dialect.DRAFT_2020_12));
    Visit visit = new Visit(seed);
    for (int i = 0; i < 20; i++) {
      String json = spaced(random, value(random, 3));
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      String stale = value(random, 1);
      byte[] held = (stale + json + stale).getBytes(StandardCharsets.UTF_8);
      int from = stale.getBytes(StandardCharsets.UTF_8).length;
      int to = from + bytes.length;
      int alone = compiled.judge(bytes, 0, bytes.length, visit);
      assertThat(compiled.judge(held, from, to, visit))
          .as(schemaText + " on " + json + " in " + stale)
          .isEqualTo(alone < 0 ? alone : alone + from);
      assertThat(words(compiled.explain(held, from, to, visit, Violation.Limits.DEFAULT)))
          .as(schemaText + " on " + json + " in " + stale)
          .isEqualTo(
              words(compiled.explain(bytes, 0, bytes.length, visit, Violation.Limits.DEFAULT)));
      assertThat(
              compiled.mend(held, from, to, visit).stream()
                  .map(gap -> gap.name() - from + " " + (gap.to() - from))
                  .toList())
          .as(schemaText + " mends " + json + " in " + stale)
          .isEqualTo(
              compiled.mend(bytes, 0, bytes.length, visit).stream()
                  .map(gap -> gap.name() + " " + gap.to())
                  .toList());
    }
  }

  private static List<String> words(List<Violation> violations) {
    return violations.stream()
        .map(each -> each.instanceLocation() + " " + each.keywordLocation() + " " + each.sentence())
        .toList();
  }

  private static String spaced(Random random, String json) {
    return random.nextInt(4) == 0 ? " " + json + "\n" : json;
  }

  private static String value(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(6);
    if (kind < 3) {
      return SCALARS[random.nextInt(SCALARS.length)];
    }
    List<String> parts = new ArrayList<>();
    int size = random.nextInt(4);
    if (kind == 3) {
      for (int i = 0; i < size; i++) {
        parts.add(value(random, depth - 1));
      }
      return "[" + String.join(random.nextBoolean() ? "," : " , ", parts) + "]";
    }
    boolean a = false;
    for (String name : NAMES) {
      boolean isA = name.equals("a") || name.equals("\\u0061");
      if (random.nextBoolean() && !(isA && a)) {
        a |= isA;
        parts.add("\"" + name + "\": " + value(random, depth - 1));
      }
    }
    return "{" + String.join(",", parts) + "}";
  }

  private static String schema(Random random, int depth) {
    if (random.nextInt(12) == 0) {
      return String.valueOf(random.nextInt(3) > 0);
    }
    List<String> words = new ArrayList<>();
    add(random, 3, words, "type", () -> type(random));
    add(random, 8, words, "enum", () -> list(random, () -> value(random, 1)));
    add(random, 12, words, "const", () -> value(random, 1));
    add(random, 6, words, "minimum", () -> pick(random, "0", "1", "2.5"));
    add(random, 6, words, "exclusiveMaximum", () -> pick(random, "2", "2.5", "10"));
    add(random, 8, words, "multipleOf", () -> pick(random, "2", "0.5", "2.5"));
    add(random, 6, words, "minLength", () -> pick(random, "1", "2"));
    add(random, 6, words, "maxLength", () -> pick(random, "0", "1"));
    add(random, 8, words, "minItems", () -> pick(random, "1", "2"));
    add(random, 8, words, "maxItems", () -> pick(random, "1", "2"));
    add(random, 8, words, "uniqueItems", () -> "true");
    add(
        random,
        6,
        words,
        "required",
        () -> list(random, () -> pick(random, "\"a\"", "\"b\"", "\"é\"")));
    if (depth > 0) {
      add(random, 3, words, "items", () -> schema(random, depth - 1));
      add(random, 8, words, "contains", () -> schema(random, depth - 1));
      add(random, 2, words, "properties", () -> properties(random, depth - 1));
      add(random, 4, words, "additionalProperties", () -> schema(random, depth - 1));
      add(random, 6, words, "allOf", () -> list(random, () -> schema(random, depth - 1)));
      add(random, 6, words, "anyOf", () -> list(random, () -> schema(random, depth - 1)));
      add(random, 6, words, "oneOf", () -> list(random, () -> schema(random, depth - 1)));
      add(random, 8, words, "not", () -> schema(random, depth - 1));
    }
    return "{" + String.join(",", words) + "}";
  }

  private static void add(
      Random random,
      int odds,
      List<String> words,
      String key,
      java.util.function.Supplier<String> value) {
    if (random.nextInt(odds) == 0) {
      words.add("\"" + key + "\":" + value.get());
    }
  }

  private static String type(Random random) {
    return pick(
        random,
        "\"object\"",
        "\"array\"",
        "\"string\"",
        "\"number\"",
        "\"integer\"",
        "\"boolean\"",
        "\"null\"");
  }

  private static String properties(Random random, int depth) {
    List<String> parts = new ArrayList<>();
    for (String name : new String[] {"a", "b", "é"}) {
      if (random.nextBoolean()) {
        parts.add("\"" + name + "\":" + schema(random, depth));
      }
    }
    return "{" + String.join(",", parts) + "}";
  }

  private static String list(Random random, java.util.function.Supplier<String> one) {
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add(one.get());
    }
    return "[" + String.join(",", parts) + "]";
  }

  private static String pick(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }
}
