package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A value written as JSON, or as the lines of a YAML block.
final class Written {
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "~");

  private Written() {}

  static String json(Node node) {
    return switch (node) {
      case Node.Obj object -> {
        List<String> members = new ArrayList<>();
        object
            .entries()
            .forEach(each -> members.add(quoted(each.name()) + ": " + json(each.value())));
        yield "{" + String.join(", ", members) + "}";
      }
      case Node.Arr(var _, List<Node> items) ->
          "[" + String.join(", ", items.stream().map(Written::json).toList()) + "]";
      case Node.Text(var _, String value) -> quoted(value);
      case Node.Num(var _, String literal) -> literal;
      case Node.Bool(var _, boolean value) -> Boolean.toString(value);
      case Node.Null _ -> "null";
    };
  }

  static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\');
      }
      if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  /// A member as lines, the first without its indent.
  static List<String> yaml(String name, Node value) {
    List<String> lines = new ArrayList<>();
    if (value instanceof Node.Obj object && !object.members().isEmpty()) {
      lines.add(plain(name) + ":");
      for (Node.Member member : object.entries()) {
        yaml(member.name(), member.value()).forEach(each -> lines.add("  " + each));
      }
    } else {
      lines.add(
          plain(name)
              + ": "
              + (value instanceof Node.Text text ? plain(text.value()) : json(value)));
    }
    return lines;
  }

  /// A text without quotes where YAML reads it as the same text.
  static String plain(String text) {
    boolean safe = text.matches("[A-Za-z$][A-Za-z0-9_ ,'/.-]*") && !text.endsWith(" ");
    return safe && !WORDS.contains(text.toLowerCase(java.util.Locale.ROOT))
        ? text
        : "'" + text.replace("'", "''") + "'";
  }
}
