package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.document.ProblemsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The variables of a Postman collection, `{{name}}`, where each level hides those above it and an
/// environment hides them all.
final class Variables {
  /// Longer texts are no values of anybody's requests.
  private static final int LONGEST = 1 << 20;

  /// Nobody's requests hold more of what variables stand for, all of them together.
  private static final long MOST = 64L << 20;

  private static final int LONGEST_NAME = 200;
  private static final int DEEPEST = 64;

  private final @Nullable Variables outer;
  private final Map<String, Value> values;
  private final AtomicLong made;

  private record Value(String text, Place place) {}

  /// A text with its variables filled in.
  ///
  /// @param text those without a value stand in it as they were written
  /// @param unknown the names of those
  record Filled(String text, Set<String> unknown) {
    /// Nothing of the text, which may hold secrets.
    @Override
    public String toString() {
      return unknown.toString();
    }
  }

  private Variables(@Nullable Variables outer, Map<String, Value> values, AtomicLong made) {
    this.outer = outer;
    this.values = values;
    this.made = made;
  }

  /// Nothing has a value.
  static Variables none() {
    return new Variables(null, Map.of(), new AtomicLong());
  }

  /// With a list of variables, as collections, folders, requests and environments have it, around
  /// which these are.
  Variables inner(@Nullable Node list) {
    Map<String, Value> read = new LinkedHashMap<>();
    if (list instanceof Arr(var _, List<Node> items)) {
      for (Node each : items) {
        if (each instanceof Obj variable && !off(variable)) {
          Node name = variable.get("key") == null ? variable.get("id") : variable.get("key");
          String text = scalar(variable.get("value"));
          if (name instanceof Node.Text(var place, String key) && text != null) {
            // what Postman exports without its value has an empty one
            if (!text.isEmpty()) {
              read.put(key, new Value(text, place));
            }
          }
        }
      }
    }
    return read.isEmpty() ? this : new Variables(this, read, made);
  }

  static boolean off(Obj variable) {
    return says(variable.get("disabled"), true) || says(variable.get("enabled"), false);
  }

  private static boolean says(@Nullable Node node, boolean what) {
    return node instanceof Node.Bool(var _, boolean is) && is == what;
  }

  private static @Nullable String scalar(@Nullable Node node) {
    return dev.gatewarden.core.document.Json.scalar(node);
  }

  /// Where the `}}` of the variable stands that begins at an index; below 0 where none begins.
  static int end(String text, int from) {
    if (!text.startsWith("{{", from)) {
      return -1;
    }
    int most = Math.min(text.length() - 1, from + 2 + LONGEST_NAME);
    for (int i = from + 2; i < most; i++) {
      char c = text.charAt(i);
      if (c == '}' && text.charAt(i + 1) == '}') {
        return i;
      }
      if (c == '{' || c == '}' || c == '"' || c == '\n') {
        return -1;
      }
    }
    return -1;
  }

  /// @throws ProblemsException where variables stand for one another in a circle, or for more than
  ///     anybody sends
  Filled fill(String text, Place place) {
    Set<String> unknown = new LinkedHashSet<>();
    String filled = fill(text, place, new ArrayList<>(), unknown);
    if (text.contains("{{") && made.addAndGet(filled.length()) > MOST) {
      throw wrong(
          place,
          "its variables make texts of more than " + MOST + " characters together",
          "give them shorter values");
    }
    return new Filled(filled, unknown);
  }

  private String fill(String text, Place place, List<String> open, Set<String> unknown) {
    StringBuilder filled = new StringBuilder();
    int at = 0;
    while (true) {
      int from = text.indexOf("{{", at);
      if (from < 0) {
        return filled.append(text, at, text.length()).toString();
      }
      int to = end(text, from);
      if (to < 0) {
        filled.append(text, at, from + 1);
        at = from + 1;
        continue;
      }
      filled.append(text, at, from);
      String name = text.substring(from + 2, to).strip();
      filled.append(value(name, open, unknown));
      if (filled.length() > LONGEST) {
        throw wrong(place, "`{{" + name + "}}` makes a text of more than a million characters", "");
      }
      at = to + 2;
    }
  }

  private String value(String name, List<String> open, Set<String> unknown) {
    if (name.startsWith("$")) {
      return dynamic(name);
    }
    Value value = find(name);
    if (value == null) {
      unknown.add(name);
      return "{{" + name + "}}";
    }
    if (open.contains(name)) {
      String circle =
          String.join("` → `", open.subList(open.indexOf(name), open.size())) + "` → `" + name;
      throw wrong(
          value.place(),
          "variables stand for one another in a circle: `" + circle + "`",
          "give one of them a value of its own");
    }
    if (open.size() >= DEEPEST) {
      throw wrong(
          value.place(),
          "variables stand for one another more than " + DEEPEST + " levels deep",
          "give `" + name + "` a value of its own");
    }
    open.add(name);
    String filled = fill(value.text(), value.place(), open, unknown);
    open.removeLast();
    return filled;
  }

  private @Nullable Value find(String name) {
    for (Variables here = this; here != null; here = here.outer) {
      Value value = here.values.get(name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static ProblemsException wrong(Place place, String message, String advice) {
    return new ProblemsException(List.of(new Problem(place, message, advice)));
  }

  /// What Postman would make up anew for each request is the same each time here.
  private static String dynamic(String name) {
    String plain = name.substring(1).toLowerCase(Locale.ROOT);
    if (plain.contains("uid")) {
      return "6f1c1f64-0d3a-4c5e-9b1f-2f8a4f0e7a01";
    }
    if (plain.equals("isotimestamp") || plain.startsWith("randomdate")) {
      return "2026-01-31T12:00:00Z";
    }
    if (plain.equals("timestamp")) {
      return "1769860800";
    }
    if (plain.equals("randomint") || plain.equals("randomprice") || plain.endsWith("number")) {
      return "17";
    }
    if (plain.equals("randomboolean")) {
      return "true";
    }
    if (plain.contains("email")) {
      return "probe@example.com";
    }
    return plain.contains("url") ? "https://example.com/probe" : "probe";
  }

  @Override
  public String toString() {
    return Objects.toString(outer, "") + values.keySet();
  }
}
