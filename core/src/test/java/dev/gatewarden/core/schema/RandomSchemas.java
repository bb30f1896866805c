package dev.gatewarden.core.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Schemas made at random in the words of one dialect.
final class RandomSchemas {
  private static final String[] NAMES = {"a", "b", "c", "x-d", "é"};

  private final Random random;
  private final Dialect dialect;

  RandomSchemas(Random random, Dialect dialect) {
    this.random = random;
    this.dialect = dialect;
  }

  /// A schema with definitions that refer to each other.
  String schema() {
    String definitions = dialect.newest() && !dialect.openApi() ? "$defs" : "definitions";
    String root = object(3, "#/" + definitions);
    String comma = root.equals("{}") ? "" : ",";
    return root.substring(0, root.length() - 1)
        + comma
        + "\""
        + definitions
        + "\":{\"p\":"
        + object(2, "#/" + definitions)
        + ",\"q\":"
        + object(0, "#/" + definitions)
        + "}}";
  }

  private String any(int depth, String definitions) {
    boolean words = dialect != Dialect.DRAFT_4 && dialect != Dialect.OPENAPI_3_0;
    return words && random.nextInt(14) == 0
        ? String.valueOf(random.nextInt(3) > 0)
        : object(depth, definitions);
  }

  private String object(int depth, String definitions) {
    List<String> words = new ArrayList<>();
    if (depth > 0 && random.nextInt(8) == 0) {
      // one way only, so that nothing refers to itself without reading anything
      String target = depth < 3 || random.nextBoolean() ? "q" : "p";
      words.add("\"$ref\":\"" + definitions + "/" + target + "\"");
      if (dialect.referenceStandsAlone()) {
        return "{" + String.join(",", words) + "}";
      }
    }
    scalars(words);
    if (depth > 0) {
      applicators(depth - 1, definitions, words);
    }
    return "{" + String.join(",", words) + "}";
  }

  private void scalars(List<String> words) {
    boolean newer = dialect != Dialect.DRAFT_4 && dialect != Dialect.OPENAPI_3_0;
    add(3, words, "type", this::type);
    add(9, words, "enum", () -> values());
    if (newer) {
      add(12, words, "const", () -> value(1));
      add(8, words, "exclusiveMaximum", () -> pick("2", "2.5", "10", "1e1"));
      add(8, words, "exclusiveMinimum", () -> pick("-1", "0", "0.5"));
    } else if (random.nextInt(8) == 0) {
      words.add("\"maximum\":" + pick("2", "2.5", "10"));
      words.add("\"exclusiveMaximum\":" + pick("true", "false"));
    }
    if (dialect == Dialect.OPENAPI_3_0
        && !words.isEmpty()
        && words.getFirst().startsWith("\"type")) {
      add(4, words, "nullable", () -> "true");
    }
    add(6, words, "minimum", () -> pick("0", "1", "2.5", "-1.0"));
    add(8, words, "multipleOf", () -> pick("2", "0.5", "2.5", "0.01", "3"));
    add(6, words, "minLength", () -> pick("1", "2"));
    add(6, words, "maxLength", () -> pick("0", "1", "3"));
    add(
        10,
        words,
        "pattern",
        () -> pick("\"^a\"", "\"b$\"", "\"^[a-c]*$\"", "\"\\\\d\"", "\"^.{2}$\""));
    add(8, words, "minItems", () -> pick("1", "2"));
    add(8, words, "maxItems", () -> pick("0", "1", "2"));
    add(8, words, "uniqueItems", () -> "true");
    add(10, words, "minProperties", () -> pick("1", "2"));
    add(10, words, "maxProperties", () -> pick("1", "2"));
    add(6, words, "required", () -> "[" + pick("\"a\"", "\"b\"", "\"é\"", "\"a\",\"b\"") + "]");
  }

  private void applicators(int depth, String definitions, List<String> words) {
    Supplier<String> one = () -> any(depth, definitions);
    Supplier<String> list =
        () -> "[" + one.get() + (random.nextBoolean() ? "," + one.get() : "") + "]";
    add(4, words, "items", one);
    add(2, words, "properties", () -> properties(one));
    add(4, words, "additionalProperties", one);
    add(6, words, "allOf", list);
    add(6, words, "anyOf", list);
    add(6, words, "oneOf", list);
    add(8, words, "not", one);
    if (dialect == Dialect.OPENAPI_3_0) {
      return;
    }
    add(
        10,
        words,
        "patternProperties",
        () -> "{\"" + pick("^x-", "^[ab]$", "é") + "\":" + one.get() + "}");
    if (!dialect.modern()) {
      add(10, words, "dependencies", () -> dependencies(one));
    }
    if (dialect == Dialect.DRAFT_4) {
      return;
    }
    add(8, words, "contains", one);
    add(
        12,
        words,
        "propertyNames",
        () -> pick("{\"maxLength\":1}", "{\"pattern\":\"^[a-c]\"}", "{\"enum\":[\"a\",\"b\"]}"));
    if (random.nextInt(8) == 0) {
      words.add("\"if\":" + one.get());
      add(2, words, "then", one);
      add(2, words, "else", one);
    }
    if (dialect.modern()) {
      newest(one, words);
    }
  }

  private void newest(Supplier<String> one, List<String> words) {
    add(10, words, "prefixItems", () -> "[" + one.get() + "]");
    add(14, words, "minContains", () -> pick("0", "2"));
    add(14, words, "maxContains", () -> pick("1", "2"));
    add(12, words, "dependentRequired", () -> "{\"a\":[\"b\"]}");
    add(12, words, "dependentSchemas", () -> "{\"" + pick("a", "b") + "\":" + one.get() + "}");
    add(8, words, "unevaluatedProperties", one);
    add(8, words, "unevaluatedItems", one);
  }

  private String dependencies(Supplier<String> one) {
    return "{\"a\":" + (random.nextBoolean() ? "[\"b\"]" : one.get()) + "}";
  }

  private String properties(Supplier<String> one) {
    List<String> parts = new ArrayList<>();
    for (String name : NAMES) {
      if (random.nextInt(3) == 0) {
        parts.add("\"" + name + "\":" + one.get());
      }
    }
    return "{" + String.join(",", parts) + "}";
  }

  private String type() {
    String[] types = {"object", "array", "string", "number", "integer", "boolean", "null"};
    int known = dialect == Dialect.OPENAPI_3_0 ? 6 : 7;
    String one = types[random.nextInt(known)];
    String two = types[random.nextInt(known)];
    return random.nextInt(4) > 0 || one.equals(two) || dialect == Dialect.OPENAPI_3_0
        ? "\"" + one + "\""
        : "[\"" + one + "\",\"" + two + "\"]";
  }

  private String values() {
    List<String> values = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      String value = value(1);
      if (!values.contains(value)) {
        values.add(value);
      }
    }
    return "[" + String.join(",", values) + "]";
  }

  /// A document.
  String value(int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(5);
    if (kind < 2) {
      return pick(
          "0",
          "1",
          "1.0",
          "2",
          "2.5",
          "-1",
          "1e1",
          "10",
          "0.5",
          "3",
          "\"\"",
          "\"a\"",
          "\"ab\"",
          "\"abc\"",
          "\"b1\"",
          "\"\\ud83d\\ude00\"",
          "true",
          "false",
          "null");
    }
    List<String> parts = new ArrayList<>();
    if (kind == 2) {
      for (int i = random.nextInt(4); i > 0; i--) {
        parts.add(value(depth - 1));
      }
      return "[" + String.join(",", parts) + "]";
    }
    for (String name : NAMES) {
      if (random.nextInt(5) < 2) {
        parts.add("\"" + name + "\":" + value(depth - 1));
      }
    }
    return "{" + String.join(",", parts) + "}";
  }

  private void add(int odds, List<String> words, String key, Supplier<String> value) {
    if (random.nextInt(odds) == 0) {
      words.add("\"" + key + "\":" + value.get());
    }
  }

  private String pick(String... of) {
    return of[random.nextInt(of.length)];
  }
}
