package dev.gatewarden.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/// Refusing unknown fields means exactly `unevaluatedProperties: false` at the root of the
/// composition.
class UnknownFieldsProperties {
  private static final String[] NAMES = {"a", "b", "c", "d"};

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void refuses_what_no_branch_that_holds_declares(@ForAll long seed) {
    Random random = new Random(seed);
    String composition = schema(random, 3);
    String text = "{\"properties\":{\"a\":true},\"allOf\":[" + composition + "]}";
    String closed =
        "{\"properties\":{\"a\":true},\"allOf\":["
            + composition
            + "],\"unevaluatedProperties\":false}";
    Options options = Options.of(Dialect.DRAFT_2020_12);
    Schema refusing =
        SchemaCompiler.compile(Texts.tree(text), options.unknownFields(UnknownFields.REFUSE));
    Schema stated = SchemaCompiler.compile(Texts.tree(closed), options);
    Schema open = SchemaCompiler.compile(Texts.tree(text), options);
    Schema observing =
        SchemaCompiler.compile(Texts.tree(text), options.unknownFields(UnknownFields.OBSERVE));
    Visit visit = new Visit(seed);
    for (int i = 0; i < 20; i++) {
      byte[] json = document(random).getBytes(StandardCharsets.UTF_8);
      boolean valid = refusing.judge(json, 0, json.length, visit) == Schema.VALID;
      String what = text + " on " + new String(json, StandardCharsets.UTF_8);
      assertThat(stated.judge(json, 0, json.length, visit) == Schema.VALID)
          .as(what)
          .isEqualTo(valid);
      boolean passes = open.judge(json, 0, json.length, visit) == Schema.VALID;
      assertThat(observing.judge(json, 0, json.length, visit) == Schema.VALID)
          .as(what)
          .isEqualTo(passes);
      if (passes) {
        assertThat(visit.spans().count(Spans.UNKNOWN) == 0).as(what).isEqualTo(valid);
      }
    }
  }

  private static String document(Random random) {
    List<String> members = new ArrayList<>();
    for (String name : NAMES) {
      if (random.nextBoolean()) {
        members.add("\"" + name + "\":" + (random.nextBoolean() ? "1" : "\"x\""));
      }
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String schema(Random random, int depth) {
    List<String> words = new ArrayList<>();
    if (random.nextInt(2) == 0) {
      words.add("\"properties\":{\"" + name(random) + "\":" + scalar(random) + "}");
    }
    if (random.nextInt(3) == 0) {
      words.add("\"required\":[\"" + name(random) + "\"]");
    }
    if (depth > 0) {
      for (String word : new String[] {"allOf", "anyOf", "oneOf"}) {
        if (random.nextInt(3) == 0) {
          words.add(
              "\""
                  + word
                  + "\":["
                  + schema(random, depth - 1)
                  + ","
                  + schema(random, depth - 1)
                  + "]");
        }
      }
      if (random.nextInt(4) == 0) {
        words.add("\"not\":" + schema(random, 0));
      }
      if (random.nextInt(4) == 0) {
        words.add("\"if\":" + schema(random, 0));
        words.add("\"then\":" + schema(random, depth - 1));
        words.add("\"else\":" + schema(random, depth - 1));
      }
      if (random.nextInt(4) == 0) {
        words.add(
            "\"dependentSchemas\":{\"" + name(random) + "\":" + schema(random, depth - 1) + "}");
      }
      if (random.nextInt(5) == 0) {
        words.add("\"patternProperties\":{\"^[cd]$\":" + scalar(random) + "}");
      }
    }
    return "{" + String.join(",", words) + "}";
  }

  private static String name(Random random) {
    return NAMES[random.nextInt(NAMES.length)];
  }

  private static String scalar(Random random) {
    return new String[] {"true", "{\"type\":\"integer\"}", "{\"type\":\"string\"}"}
        [random.nextInt(3)];
  }
}
