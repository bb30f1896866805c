package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Changes one place of a document, with an eye to what its schema speaks of.
final class Mutations {
  private static final int MOST_HINTS = 200;
  private static final String[] SCALARS = {
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "1.0",
    "1.5",
    "1e2",
    "\"\"",
    "\"a\"",
    "\"1\"",
    "\"\\u00e9\"",
    "\"\\ud83d\\ude00\"",
    "[]",
    "{}",
    "[1]",
    "[null]",
    "{\"a\":1}",
    "12345678901234567890"
  };

  private final List<String> names = new ArrayList<>(List.of("a", "zz", ""));
  private final List<String> values = new ArrayList<>(List.of(SCALARS));

  /// Learns names and values from a schema.
  Mutations(Node schema) {
    Set<String> foundNames = new LinkedHashSet<>();
    Set<String> foundValues = new LinkedHashSet<>();
    learn(schema, foundNames, foundValues);
    foundNames.stream().limit(MOST_HINTS).forEach(names::add);
    foundValues.stream().limit(MOST_HINTS).forEach(values::add);
  }

  private static void learn(Node node, Set<String> names, Set<String> values) {
    if (names.size() > MOST_HINTS && values.size() > MOST_HINTS) {
      return;
    }
    switch (node) {
      case Node.Obj object ->
          object
              .entries()
              .forEach(
                  member -> {
                    if (!member.name().startsWith("x-") && !member.name().equals("description")) {
                      names.add(member.name());
                      learn(member.value(), names, values);
                    }
                  });
      case Node.Arr(Place _, List<Node> items) -> items.forEach(item -> learn(item, names, values));
      case Node.Text(Place _, String text) -> {
        if (text.length() < 200) {
          values.add(Texts.json(node));
        }
      }
      case Node.Num(Place _, String literal) -> {
        values.add(literal);
        if (literal.matches("-?[0-9]{1,15}")) {
          long number = Long.parseLong(literal);
          values.add(String.valueOf(number + 1));
          values.add(String.valueOf(number - 1));
          values.add(literal + ".5");
          if (number > 0 && number < 40) {
            values.add("\"" + "x".repeat((int) number) + "\"");
            values.add("\"" + "y".repeat((int) number + 1) + "\"");
          }
        }
      }
      case Node.Bool _, Node.Null _ -> {}
    }
  }

  /// A value that may have nothing to do with anything.
  String any(Random random, int depth) {
    int kind = depth == 0 ? 0 : random.nextInt(6);
    if (kind < 4) {
      return values.get(random.nextInt(values.size()));
    }
    StringBuilder json = new StringBuilder(kind == 4 ? "[" : "{");
    Set<String> used = new LinkedHashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = names.get(random.nextInt(names.size()));
      if (kind == 5 && !used.add(name)) {
        continue;
      }
      json.append(json.length() == 1 ? "" : ",");
      json.append(kind == 5 ? Texts.quoted(name) + ":" : "").append(any(random, depth - 1));
    }
    return json.append(kind == 4 ? "]" : "}").toString();
  }

  /// The document with some of its places changed.
  String of(Node document, Random random) {
    int size = size(document);
    int changes = random.nextInt(4) == 0 ? 2 : 1;
    boolean[] changed = new boolean[size];
    for (int i = 0; i < changes; i++) {
      changed[random.nextInt(size)] = true;
    }
    StringBuilder json = new StringBuilder();
    write(document, changed, new int[1], random, json);
    return json.toString();
  }

  private static int size(Node node) {
    return switch (node) {
      case Node.Obj object ->
          1 + object.entries().stream().mapToInt(member -> size(member.value())).sum();
      case Node.Arr(Place _, List<Node> items) ->
          1 + items.stream().mapToInt(Mutations::size).sum();
      default -> 1;
    };
  }

  private void write(Node node, boolean[] changed, int[] next, Random random, StringBuilder json) {
    boolean change = changed[next[0]++];
    if (change && random.nextInt(3) == 0) {
      json.append(any(random, 2));
      next[0] += size(node) - 1;
      return;
    }
    switch (node) {
      case Node.Obj object -> object(object, change, changed, next, random, json);
      case Node.Arr(Place _, List<Node> items) -> array(items, change, changed, next, random, json);
      case Node.Text(Place _, String text) ->
          json.append(change ? text(text, random) : Texts.json(node));
      case Node.Num(Place _, String literal) ->
          json.append(change ? number(literal, random) : literal);
      case Node.Bool _, Node.Null _ -> json.append(change ? any(random, 1) : Texts.json(node));
    }
  }

  private void object(
      Node.Obj object,
      boolean change,
      boolean[] changed,
      int[] next,
      Random random,
      StringBuilder json) {
    List<Node.Member> members = new ArrayList<>(object.entries());
    int victim = change && !members.isEmpty() ? random.nextInt(members.size()) : -1;
    int way = random.nextInt(4);
    Set<String> used = new LinkedHashSet<>(object.members().keySet());
    json.append('{');
    int start = json.length();
    for (int i = 0; i < members.size(); i++) {
      Node.Member member = members.get(i);
      if (i == victim && way == 0) {
        next[0] += size(member.value());
        continue;
      }
      String name = member.name();
      if (i == victim && way == 1) {
        String other = names.get(random.nextInt(names.size()));
        name = used.add(other) ? other : name;
      }
      json.append(json.length() == start ? "" : ",").append(Texts.quoted(name)).append(':');
      write(member.value(), changed, next, random, json);
    }
    String more = names.get(random.nextInt(names.size()));
    if (change && way > 1 && used.add(more)) {
      json.append(json.length() == start ? "" : ",").append(Texts.quoted(more)).append(':');
      json.append(any(random, 2));
    }
    json.append('}');
  }

  private void array(
      List<Node> items,
      boolean change,
      boolean[] changed,
      int[] next,
      Random random,
      StringBuilder json) {
    int victim = change && !items.isEmpty() ? random.nextInt(items.size()) : -1;
    int way = random.nextInt(3);
    json.append('[');
    int start = json.length();
    for (int i = 0; i < items.size(); i++) {
      if (i == victim && way == 0) {
        next[0] += size(items.get(i));
        continue;
      }
      json.append(json.length() == start ? "" : ",");
      write(items.get(i), changed, next, random, json);
      if (i == victim && way == 1) {
        json.append(',').append(Texts.json(items.get(i)));
      }
    }
    if (change && way == 2) {
      json.append(json.length() == start ? "" : ",").append(any(random, 2));
    }
    json.append(']');
  }

  private static String text(String text, Random random) {
    int length = text.length();
    int at =
        length == 0
            ? 0
            : text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, length)));
    String changed =
        switch (random.nextInt(6)) {
          case 0 -> "";
          case 1 -> text + "x";
          case 2 ->
              length == 0
                  ? "y"
                  : text.substring(0, at) + text.substring(text.offsetByCodePoints(at, 1));
          case 3 -> text.substring(0, at) + "0" + text.substring(at);
          case 4 -> text.toUpperCase(java.util.Locale.ROOT);
          default -> text;
        };
    if (random.nextInt(3) > 0) {
      return Texts.quoted(changed);
    }
    StringBuilder escaped = new StringBuilder("\"");
    changed.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return escaped.append('"').toString();
  }

  private static String number(String literal, Random random) {
    java.math.BigDecimal number = new java.math.BigDecimal(literal);
    return switch (random.nextInt(7)) {
      case 0 -> number.add(java.math.BigDecimal.ONE).toString();
      case 1 -> number.subtract(java.math.BigDecimal.ONE).toString();
      case 2 -> number.negate().toString();
      case 3 -> literal.matches("-?[0-9]+") ? literal + ".0" : literal;
      case 4 -> literal.matches("-?[0-9]+") ? literal + "e0" : literal;
      case 5 -> number.add(new java.math.BigDecimal("0.5")).toString();
      default -> "\"" + literal + "\"";
    };
  }
}
