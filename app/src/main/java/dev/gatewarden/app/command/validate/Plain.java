package dev.gatewarden.app.command.validate;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Pointer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A tree, such as one read from YAML, as the bytes of a JSON text; and the way back from a
/// pointer.
final class Plain {
  private Plain() {}

  static byte[] json(Node node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Node node, StringBuilder to) {
    switch (node) {
      case Node.Obj object -> {
        char before = '{';
        for (Node.Member member : object.entries()) {
          Json.quoted(member.name(), to.append(before));
          write(member.value(), to.append(':'));
          before = ',';
        }
        to.append(before == '{' ? "{}" : "}");
      }
      case Node.Arr array -> {
        char before = '[';
        for (Node item : array.items()) {
          write(item, to.append(before));
          before = ',';
        }
        to.append(before == '[' ? "[]" : "]");
      }
      case Node.Text text -> Json.quoted(text.value(), to);
      case Node.Num number -> to.append(number.literal());
      case Node.Bool bool -> to.append(bool.value());
      case Node.Null _ -> to.append("null");
    }
  }

  /// Where the value of a pointer stands, or the nearest one around it.
  static Node at(Node root, String pointer) {
    Pointer parsed = Pointer.parse(pointer);
    Node at = root;
    if (parsed != null) {
      for (String token : parsed.tokens()) {
        Node next = below(at, token);
        if (next == null) {
          return at;
        }
        at = next;
      }
    }
    return at;
  }

  private static @Nullable Node below(Node node, String token) {
    if (node instanceof Node.Obj object) {
      return object.get(token);
    }
    int index = Pointer.index(token);
    return node instanceof Node.Arr array && index >= 0 && index < array.items().size()
        ? array.items().get(index)
        : null;
  }
}
