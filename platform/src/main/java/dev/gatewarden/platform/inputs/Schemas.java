package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Schemas that all of some values have in common.
///
/// What was always there is required, what was never there is not forbidden: a few values show what
/// is usual, and not what is allowed.
final class Schemas {
  private static final int DEEPEST = 16;
  private static final int MOST_MEMBERS = 500;
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

  /// Whole numbers that every reader of JSON keeps (RFC 8259, section 6).
  private static final String LARGEST = "9007199254740991";

  private final Place place;
  private final int enough;

  /// @param place where what it makes is said to stand
  /// @param enough how many objects have to have a member before it is required
  Schemas(Place place, int enough) {
    this.place = place;
    this.enough = enough;
  }

  /// The schema of a value under a name.
  ///
  /// @param name of the member or the parameter; the empty text where it has none
  Obj of(String name, List<Node> values) {
    return of(name, values, 0);
  }

  private Obj of(String name, List<Node> written, int depth) {
    Tree schema = new Tree(place);
    // what only a variable stands for may be anything
    List<Node> values =
        written.stream()
            .filter(each -> !(each instanceof Node.Text text && PostmanBody.open(text.value())))
            .toList();
    Set<String> types = new LinkedHashSet<>();
    values.forEach(each -> types.add(type(each)));
    if (types.contains("number")) {
      types.remove("integer");
    }
    if (types.isEmpty() || depth >= DEEPEST) {
      return schema.object();
    }
    schema.put("type", typed(types));
    if (types.contains("object")) {
      object(values, depth, schema);
    }
    if (types.contains("array")) {
      List<Node> items = new ArrayList<>();
      for (Node each : values) {
        if (each instanceof Arr(var _, List<Node> all)) {
          items.addAll(all);
        }
      }
      schema.put("items", of("", items, depth + 1));
    }
    if (types.contains("string")) {
      String format = format(values);
      if (!format.isEmpty()) {
        schema.put("format", format);
      }
    }
    if (types.contains("integer") && Ids.named(name) && positive(values)) {
      schema.put("minimum", Json.of(0));
      schema.put("maximum", Json.number(LARGEST));
    }
    return schema.object();
  }

  private Node typed(Set<String> types) {
    List<Node> all = new ArrayList<>();
    types.forEach(each -> all.add(new Node.Text(place, each)));
    return all.size() == 1 ? all.getFirst() : new Arr(place, all);
  }

  private static String type(Node value) {
    return switch (value) {
      case Obj _ -> "object";
      case Arr _ -> "array";
      case Node.Text _ -> "string";
      case Node.Num(var _, String literal) -> literal.matches("-?[0-9]+") ? "integer" : "number";
      case Node.Bool _ -> "boolean";
      case Node.Null _ -> "null";
    };
  }

  private void object(List<Node> values, int depth, Tree schema) {
    Map<String, List<Node>> members = new LinkedHashMap<>();
    int objects = 0;
    for (Node each : values) {
      if (each instanceof Obj object) {
        objects++;
        object
            .entries()
            .forEach(
                member ->
                    members
                        .computeIfAbsent(member.name(), _ -> new ArrayList<>())
                        .add(member.value()));
      }
    }
    boolean keyed = members.size() > 1 && members.keySet().stream().allMatch(Ids::like);
    if (keyed || members.size() > MOST_MEMBERS) {
      List<Node> all = new ArrayList<>();
      members.values().forEach(all::addAll);
      schema.put("additionalProperties", of("", all, depth + 1));
      return;
    }
    Tree properties = new Tree(place);
    List<Node> required = new ArrayList<>();
    for (Map.Entry<String, List<Node>> each : members.entrySet()) {
      properties.put(each.getKey(), of(each.getKey(), each.getValue(), depth + 1));
      if (each.getValue().size() == objects && objects >= enough) {
        required.add(new Node.Text(place, each.getKey()));
      }
    }
    schema.put("properties", properties.object());
    if (!required.isEmpty()) {
      schema.put("required", new Arr(place, required));
    }
  }

  private static String format(List<Node> values) {
    List<String> texts = new ArrayList<>();
    for (Node each : values) {
      if (each instanceof Node.Text(var _, String value)) {
        texts.add(value);
      }
    }
    if (texts.stream().allMatch(Ids::uuid)) {
      return "uuid";
    }
    if (all(texts, TIME)) {
      return "date-time";
    }
    if (all(texts, DATE)) {
      return "date";
    }
    if (all(texts, EMAIL)) {
      return "email";
    }
    return all(texts, ADDRESS) ? "uri" : "";
  }

  private static boolean all(List<String> texts, Pattern pattern) {
    return texts.stream().allMatch(each -> pattern.matcher(each).matches());
  }

  private static boolean positive(List<Node> values) {
    return values.stream()
        .noneMatch(each -> each instanceof Node.Num(var _, String text) && text.startsWith("-"));
  }
}
