package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Place;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The slow, obvious reading of a few keywords, over trees.
final class Twin {

  private Twin() {}

  static boolean valid(Node schema, Node value) {
    if (schema instanceof Node.Bool(Place _, boolean allowed)) {
      return allowed;
    }
    Node.Obj s = (Node.Obj) schema;
    return types(s, value)
        && listed(s, value)
        && number(s, value)
        && text(s, value)
        && array(s, value)
        && object(s, value)
        && combined(s, value);
  }

  private static boolean types(Node.Obj s, Node value) {
    if (!(s.get("type") instanceof Node.Text(Place _, String type))) {
      return true;
    }
    return switch (value) {
      case Node.Null _ -> type.equals("null");
      case Node.Bool _ -> type.equals("boolean");
      case Node.Text _ -> type.equals("string");
      case Node.Arr _ -> type.equals("array");
      case Node.Obj _ -> type.equals("object");
      case Node.Num number ->
          type.equals("number")
              || (type.equals("integer") && number.value().stripTrailingZeros().scale() <= 0);
    };
  }

  private static boolean listed(Node.Obj s, Node value) {
    boolean listed =
        !(s.get("enum") instanceof Node.Arr(Place _, List<Node> values))
            || values.stream().anyMatch(one -> plain(one).equals(plain(value)));
    return listed && (s.get("const") == null || plain(s.get("const")).equals(plain(value)));
  }

  private static boolean number(Node.Obj s, Node value) {
    if (!(value instanceof Node.Num number)) {
      return true;
    }
    BigDecimal n = number.value();
    return !(s.get("minimum") instanceof Node.Num min && n.compareTo(min.value()) < 0)
        && !(s.get("exclusiveMaximum") instanceof Node.Num max && n.compareTo(max.value()) >= 0)
        && !(s.get("multipleOf") instanceof Node.Num step
            && n.remainder(step.value()).signum() != 0);
  }

  private static boolean text(Node.Obj s, Node value) {
    if (!(value instanceof Node.Text(Place _, String text))) {
      return true;
    }
    int length = text.codePointCount(0, text.length());
    return length >= bound(s, "minLength", 0) && length <= bound(s, "maxLength", 1 << 30);
  }

  private static boolean array(Node.Obj s, Node value) {
    if (!(value instanceof Node.Arr(Place _, List<Node> items))) {
      return true;
    }
    boolean sized =
        items.size() >= bound(s, "minItems", 0) && items.size() <= bound(s, "maxItems", 1 << 30);
    boolean unique =
        !(s.get("uniqueItems") instanceof Node.Bool(Place _, boolean wanted) && wanted)
            || items.stream().map(Twin::plain).distinct().count() == items.size();
    Node each = s.get("items");
    Node some = s.get("contains");
    return sized
        && unique
        && (each == null || items.stream().allMatch(item -> valid(each, item)))
        && (some == null || items.stream().anyMatch(item -> valid(some, item)));
  }

  private static boolean object(Node.Obj s, Node value) {
    if (!(value instanceof Node.Obj object)) {
      return true;
    }
    if (s.get("required") instanceof Node.Arr(Place _, List<Node> names)
        && names.stream().anyMatch(name -> object.get(((Node.Text) name).value()) == null)) {
      return false;
    }
    Node.Obj properties = s.get("properties") instanceof Node.Obj found ? found : null;
    Node rest = s.get("additionalProperties");
    for (Node.Member member : object.entries()) {
      Node known = properties == null ? null : properties.get(member.name());
      Node schema = known != null ? known : rest;
      if (schema != null && !valid(schema, member.value())) {
        return false;
      }
    }
    return true;
  }

  private static boolean combined(Node.Obj s, Node value) {
    return count(s, "allOf", value) == size(s, "allOf")
        && (s.get("anyOf") == null || count(s, "anyOf", value) > 0)
        && (s.get("oneOf") == null || count(s, "oneOf", value) == 1)
        && (s.get("not") == null || !valid(s.get("not"), value));
  }

  private static long count(Node.Obj s, String key, Node value) {
    return s.get(key) instanceof Node.Arr(Place _, List<Node> schemas)
        ? schemas.stream().filter(schema -> valid(schema, value)).count()
        : 0;
  }

  private static int size(Node.Obj s, String key) {
    return s.get(key) instanceof Node.Arr(Place _, List<Node> schemas) ? schemas.size() : 0;
  }

  private static int bound(Node.Obj s, String key, int otherwise) {
    return s.get(key) instanceof Node.Num number ? number.value().intValueExact() : otherwise;
  }

  /// The value as plain Java, equal where JSON Schema calls it equal.
  static Object plain(Node node) {
    return switch (node) {
      case Node.Null _ -> "null";
      case Node.Bool(Place _, boolean truth) -> truth;
      case Node.Num number ->
          number.value().signum() == 0 ? BigDecimal.ZERO : number.value().stripTrailingZeros();
      case Node.Text(Place _, String text) -> "'" + text;
      case Node.Arr(Place _, List<Node> items) -> items.stream().map(Twin::plain).toList();
      case Node.Obj object -> {
        Map<String, Object> members = new HashMap<>();
        object.entries().forEach(member -> members.put(member.name(), plain(member.value())));
        yield members;
      }
    };
  }
}
