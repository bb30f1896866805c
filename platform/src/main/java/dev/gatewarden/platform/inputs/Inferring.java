package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.platform.discovery.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// An OpenAPI document made of requests that somebody wrote down or recorded.
final class Inferring {
  private static final Set<String> METHODS =
      Set.of("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE");
  private static final int LONGEST_NAME = 60;

  private final Obj root;
  private final String title;
  private final List<Example> examples;
  private final List<Templates.Placed> placed;
  private final String server;
  private final List<Remark> remarks;
  private final Schemes schemes;
  private final Seen seen = new Seen();
  private final Fields fields = new Fields();
  private final Set<String> names = new HashSet<>();

  /// @param base how many segments at the front of each address belong to the server
  /// @param server the address that the paths stand below, or `/`
  Inferring(
      Obj root,
      String title,
      List<Example> examples,
      int base,
      String server,
      List<Remark> remarks) {
    this.root = root;
    this.title = title;
    this.examples = examples;
    this.placed = Templates.of(examples, base);
    this.server = server;
    this.remarks = remarks;
    this.schemes = new Schemes(root.place(), examples);
  }

  /// What one operation was seen to do.
  private record Group(String method, String path, List<Integer> members) {}

  Inferred inferred() {
    Map<String, Map<String, Group>> paths = new LinkedHashMap<>();
    for (int i = 0; i < examples.size(); i++) {
      Example example = examples.get(i);
      if (!METHODS.contains(example.method())) {
        remarks.add(
            new Remark(
                example.called(),
                new Problem(
                    example.place(), "`" + example.method() + "` is no method of OpenAPI")));
        continue;
      }
      String path = placed.get(i).path();
      String method = example.method();
      paths
          .computeIfAbsent(path, _ -> new LinkedHashMap<>())
          .computeIfAbsent(method, _ -> new Group(method, path, new ArrayList<>()))
          .members()
          .add(i);
      fields.add(path, example);
    }
    Tree all = new Tree(root.place());
    paths.forEach(
        (path, methods) -> {
          Tree item = new Tree(examples.get(first(methods)).place());
          methods.forEach(
              (method, group) -> item.put(method.toLowerCase(Locale.ROOT), operation(group)));
          all.put(path, item.object());
        });
    Tree document = new Tree(root.place());
    document.put("openapi", "3.1.0");
    document.put(
        "info", new Tree(root.place()).put("title", title).put("version", "inferred").object());
    document.put("servers", List.of(new Tree(root.place()).put("url", server).object()));
    document.put("paths", all.object());
    document.put(
        "components", new Tree(root.place()).put("securitySchemes", schemes.object()).object());
    if (schemes.assumed()) {
      remarks.add(
          new Remark(
              "",
              new Problem(
                  root.place(),
                  "nothing in it presents a credential, so every operation but a login is taken to"
                      + " want one",
                  "browsers leave credentials out of recordings unless told otherwise; say"
                      + " `security: []` by `--overlay` where anybody may call")));
    }
    return new Inferred(document.object(), List.copyOf(remarks), seen);
  }

  private static int first(Map<String, Group> methods) {
    return methods.values().iterator().next().members().getFirst();
  }

  private Obj operation(Group group) {
    List<Example> all = group.members().stream().map(examples::get).toList();
    List<Example> good = all.stream().filter(each -> !each.refused()).toList();
    List<Example> asked = good.isEmpty() ? all : good;
    Place place = all.getFirst().place();
    Tree operation = new Tree(place);
    String id = id(group, all.getFirst());
    operation.put("operationId", id);
    if (!all.getFirst().name().isEmpty()) {
      operation.put("summary", all.getFirst().name());
    }
    List<Node> parameters = new ArrayList<>();
    path(group, place, parameters);
    parameters.addAll(new Parameters(place, schemes).of(asked));
    if (!parameters.isEmpty()) {
      operation.put("parameters", parameters);
    }
    Contents contents = new Contents(place);
    Obj body = contents.body(group.method(), asked, fields.beside(group.path(), group.method()));
    if (body != null) {
      operation.put("requestBody", body);
    }
    operation.put("responses", contents.responses(all, fields.made(group.path(), group.method())));
    operation.put("security", schemes.of(group.method(), group.path(), asked));
    for (int each : group.members()) {
      Example example = examples.get(each);
      if (!example.refused()) {
        seen.add(id, Contents.seen(placed.get(each).values(), example));
      }
    }
    return operation.object();
  }

  private void path(Group group, Place place, List<Node> parameters) {
    String path = group.path();
    for (int from = path.indexOf('{'); from >= 0; from = path.indexOf('{', from + 1)) {
      String name = path.substring(from + 1, path.indexOf('}', from));
      List<String> values = new ArrayList<>();
      for (int each : group.members()) {
        String value = placed.get(each).values().get(name);
        if (value != null) {
          values.add(value);
        }
      }
      parameters.add(
          new Tree(place)
              .put("name", name)
              .put("in", "path")
              .put("required", true)
              .put("schema", Parameters.schema(place, name, values, true))
              .object());
    }
  }

  /// As its author calls it; else its method and its path.
  private String id(Group group, Example example) {
    String name = camel(Words.of(ascii(example.name())));
    if (name.isEmpty() || Character.isDigit(name.charAt(0)) || name.length() > LONGEST_NAME) {
      List<String> words = new ArrayList<>(List.of(group.method().toLowerCase(Locale.ROOT)));
      for (String each : group.path().split("/", -1)) {
        if (each.startsWith("{")) {
          words.add("by");
        }
        words.addAll(Words.of(ascii(each)));
      }
      name = camel(words);
    }
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + i;
    }
    return free;
  }

  private static String ascii(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", " ");
  }

  private static String camel(List<String> words) {
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      name.append(
          name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    return name.toString();
  }

  /// A scalar as the value that a text of an address or a form stands for.
  static Node typed(String text) {
    if (Ids.number(text) && (text.length() == 1 || text.charAt(0) != '0')) {
      return Json.number(text);
    }
    return text.equals("true") || text.equals("false")
        ? Json.of(Boolean.parseBoolean(text))
        : Json.of(text);
  }
}
