package dev.gatewarden.app.command.show;

import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Schemas in a few words: their name where they have one, else what they ask for.
final class Shapes {
  private static final List<String> BOUNDS =
      List.of(
          "minimum",
          "exclusiveMinimum",
          "maximum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "minItems",
          "maxItems",
          "uniqueItems",
          "default");

  private Shapes() {}

  static String of(@Nullable SchemaSource source) {
    return source == null ? "anything" : of(source.schema(), 0);
  }

  private static String of(Node schema, int depth) {
    if (schema instanceof Node.Bool(var _, boolean anything)) {
      return anything ? "anything" : "nothing";
    }
    if (!(schema instanceof Obj object)) {
      return "anything";
    }
    if (object.get("$ref") instanceof Node.Text reference) {
      String text = reference.value();
      return text.substring(text.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }
    List<String> words = new ArrayList<>();
    words.add(type(object, depth));
    if (object.get("format") instanceof Node.Text format) {
      words.add(format.value());
    }
    if (object.get("nullable") instanceof Node.Bool(var _, boolean on) && on) {
      words.add("or null");
    }
    if (object.get("enum") instanceof Node.Arr values) {
      words.add("one of " + values.items().size());
    }
    for (String bound : BOUNDS) {
      String value = scalar(object.get(bound));
      if (value != null) {
        words.add(bound + " " + value);
      }
    }
    return String.join(", ", words);
  }

  private static String type(Obj object, int depth) {
    Node items = object.get("items");
    String type = types(object.get("type"));
    if (items != null && depth < 4) {
      return "list of " + of(items, depth + 1);
    }
    if (object.get("properties") instanceof Obj properties) {
      List<String> names = new ArrayList<>(properties.members().keySet());
      int shown = Math.min(6, names.size());
      return "{"
          + String.join(", ", names.subList(0, shown))
          + (names.size() > shown ? ", …" : "")
          + "}";
    }
    if (!type.isEmpty()) {
      return type;
    }
    for (String choice : List.of("allOf", "oneOf", "anyOf")) {
      if (object.get(choice) instanceof Node.Arr branches && depth < 4) {
        List<String> texts = branches.items().stream().map(each -> of(each, depth + 1)).toList();
        return choice + "(" + String.join(" | ", texts) + ")";
      }
    }
    return object.get("enum") == null ? "anything" : "a value";
  }

  private static String types(@Nullable Node type) {
    if (type instanceof Node.Arr list) {
      return String.join(" or ", list.items().stream().map(Shapes::types).toList());
    }
    return type instanceof Node.Text text ? text.value() : "";
  }

  private static @Nullable String scalar(@Nullable Node node) {
    return switch (node) {
      case Node.Text text -> text.value();
      case Node.Num number -> number.literal();
      case Node.Bool bool -> Boolean.toString(bool.value());
      case null, default -> null;
    };
  }
}
