package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.platform.discovery.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Path templates that the addresses of some requests have in common.
///
/// A segment is a variable where its author says so, where it looks like an id, where the answer
/// names its object by it, or where several stand at one place and are answered alike.
final class Templates {
  private static final String ANY = "{}";
  private static final int ALIKE = 3;

  /// What stands where an id could, and is none.
  private static final Set<String> FIXED =
      Set.of(
          "me",
          "self",
          "current",
          "search",
          "latest",
          "count",
          "new",
          "all",
          "mine",
          "stats",
          "export",
          "import",
          "login",
          "logout",
          "register",
          "summary",
          "recent",
          "active");

  /// What stands before the name of a tenant, of which there may be few.
  private static final Set<String> TENANTS =
      Set.of(
          "t",
          "tenant",
          "org",
          "organization",
          "organisation",
          "company",
          "workspace",
          "account",
          "customer",
          "team",
          "project",
          "shop",
          "store",
          "site",
          "space");

  /// A template and what stood in its variables.
  record Placed(String path, Map<String, String> values) {}

  private final List<Example> examples;
  private final int base;

  /// By example, the key of the segments so far: literals as they are, variables as [#ANY].
  private final List<String> keys = new ArrayList<>();

  private final List<List<String>> variables = new ArrayList<>();

  private final Map<String, String> names = new HashMap<>();

  private Templates(List<Example> examples, int base) {
    this.examples = examples;
    this.base = base;
    examples.forEach(
        _ -> {
          keys.add("");
          variables.add(new ArrayList<>());
        });
  }

  /// The template of each example, in their order.
  ///
  /// @param base how many segments at the front belong to no template
  static List<Placed> of(List<Example> examples, int base) {
    Templates templates = new Templates(examples, base);
    int longest = examples.stream().mapToInt(each -> each.path().size()).max().orElse(0);
    for (int at = base; at < longest; at++) {
      templates.step(at);
    }
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      placed.add(templates.placed(i));
    }
    return placed;
  }

  private void step(int at) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      if (examples.get(i).path().size() > at) {
        groups.computeIfAbsent(keys.get(i), _ -> new ArrayList<>()).add(i);
      }
    }
    groups.forEach((key, group) -> step(at, key, group));
  }

  private void step(int at, String key, List<Integer> group) {
    Set<String> objects = objects(at, group);
    boolean tenants = tenants(at, group);
    for (int i : group) {
      Step step = examples.get(i).path().get(at);
      boolean variable =
          step.variable() != null
              || Ids.like(step.value())
              || objects.contains(step.value())
              || (tenants && !step.value().isEmpty());
      String next = key + "/" + (variable ? ANY : step.value());
      if (variable) {
        name(next, at, i);
      }
      keys.set(i, next);
      variables.get(i).add(variable ? next : "");
    }
  }

  private void name(String key, int at, int example) {
    Step step = examples.get(example).path().get(at);
    List<String> above = new ArrayList<>();
    variables.get(example).forEach(each -> above.add(names.getOrDefault(each, "")));
    String author = step.variable() == null ? "" : legal(step.variable());
    String known = names.get(key);
    boolean free = !author.isEmpty() && !above.contains(author);
    if (known == null) {
      names.put(key, free ? author : derived(at, example, above));
    } else if (free && Ids.named(author) && !Ids.named(known)) {
      names.put(key, author);
    }
  }

  private static String legal(String name) {
    return name.replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /// `orderId` behind `orders`.
  private String derived(int at, int example, List<String> above) {
    String before = "";
    for (int i = at - 1; i >= base && before.isEmpty(); i--) {
      String value = examples.get(example).path().get(i).value();
      before = Words.version(value) || !variables.get(example).get(i - base).isEmpty() ? "" : value;
    }
    String singular = legal(Words.singular(before));
    String name = singular.equals("t") ? "tenant" : singular.isEmpty() ? "id" : singular + "Id";
    String free = name;
    for (int i = 2; above.contains(free); i++) {
      free = name + i;
    }
    return free;
  }

  /// Whether one tenant after the other stands at a place: behind a word for them, with the same
  /// below each.
  private boolean tenants(int at, List<Integer> group) {
    Map<String, Set<String>> below = new HashMap<>();
    for (int i : group) {
      Example example = examples.get(i);
      String before = at > base ? example.path().get(at - 1).value() : "";
      if (!TENANTS.contains(Words.singular(Words.plain(before)))) {
        return false;
      }
      List<String> rest = new ArrayList<>(List.of(example.method()));
      example.path().subList(at + 1, example.path().size()).stream()
          .map(each -> Ids.like(each.value()) || each.value().isEmpty() ? ANY : each.value())
          .forEach(rest::add);
      below
          .computeIfAbsent(example.path().get(at).value(), _ -> new HashSet<>())
          .add(String.join("/", rest));
    }
    List<Set<String>> all = new ArrayList<>(below.values());
    for (int i = 1; i < all.size(); i++) {
      Set<String> shared = new HashSet<>(all.getFirst());
      shared.retainAll(all.get(i));
      if (shared.size() < 2) {
        return false;
      }
    }
    return all.size() > 1;
  }

  /// The values at one place that name objects.
  private Set<String> objects(int at, List<Integer> group) {
    Set<String> found = new HashSet<>();
    Map<String, Map<String, Set<String>>> alike = new HashMap<>();
    for (int i : group) {
      Example example = examples.get(i);
      String value = example.path().get(at).value();
      if (!collection(example, at - 1) || FIXED.contains(value) || value.isEmpty()) {
        continue;
      }
      for (Example.Answer answer : example.answers()) {
        if (answer.well() && answer.body() instanceof Obj object) {
          if (named(object, value, 1)) {
            found.add(value);
          }
          String rest = String.valueOf(example.path().subList(at + 1, example.path().size()));
          alike
              .computeIfAbsent(example.method() + rest, _ -> new HashMap<>())
              .computeIfAbsent(String.join(",", object.members().keySet()), _ -> new HashSet<>())
              .add(value);
        }
      }
    }
    alike
        .values()
        .forEach(
            shapes ->
                shapes.forEach(
                    (shape, values) -> {
                      if (values.size() >= ALIKE && shape.contains(",")) {
                        found.addAll(values);
                      }
                    }));
    return found;
  }

  /// Whether a segment is called like several of something; a version before it says nothing.
  private boolean collection(Example example, int at) {
    for (int i = at; i >= base; i--) {
      String value = example.path().get(i).value();
      if (!Words.version(value)) {
        return !Words.singular(value).equals(value) && !value.isEmpty();
      }
    }
    return false;
  }

  /// Whether an object has that value under the name of a key.
  private static boolean named(Obj object, String value, int deeper) {
    for (Node.Member each : object.entries()) {
      String name = Words.plain(each.name());
      boolean key = Words.key(each.name()) || name.endsWith("name") || name.endsWith("title");
      if (key && value.equals(Json.scalar(each.value()))) {
        return true;
      }
      if (deeper > 0 && each.value() instanceof Obj inner && named(inner, value, deeper - 1)) {
        return true;
      }
    }
    return false;
  }

  private Placed placed(int example) {
    StringBuilder path = new StringBuilder();
    Map<String, String> values = new LinkedHashMap<>();
    List<Step> steps = examples.get(example).path();
    for (int at = base; at < steps.size(); at++) {
      String key = variables.get(example).get(at - base);
      if (key.isEmpty()) {
        path.append('/').append(coded(steps.get(at).value()));
      } else {
        String name = Objects.requireNonNull(names.get(key));
        path.append("/{").append(name).append('}');
        String value = steps.get(at).value();
        if (!value.isEmpty() && !Credentials.telling(value)) {
          values.put(name, value);
        }
      }
    }
    return new Placed(path.isEmpty() ? "/" : path.toString(), values);
  }

  /// What a template may hold as it is.
  static String coded(String segment) {
    StringBuilder coded = new StringBuilder();
    for (byte b : segment.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c < 128 && Character.isLetterOrDigit(c)) || "-._~!$&'()*+,;=:@".indexOf(c) >= 0;
      if (plain) {
        coded.append(c);
      } else {
        coded.append('%').append(String.format(java.util.Locale.ROOT, "%02X", (int) c));
      }
    }
    return coded.toString();
  }
}
