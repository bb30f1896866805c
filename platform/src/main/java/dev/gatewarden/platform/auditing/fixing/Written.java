package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A value written as JSON, as YAML in braces, or as the lines of a YAML block.
final class Written {
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "~");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z$][A-Za-z0-9_ ,'/.()+-]*");
  private static final Pattern PLAIN_IN_BRACES = Pattern.compile("[A-Za-z$][A-Za-z0-9_ /.-]*");

  private Written() {}

  /// In one line.
  static String json(Node node) {
    return switch (node) {
      case Node.Obj object -> {
        List<String> members = new ArrayList<>();
        object
            .entries()
            .forEach(each -> members.add(Json.quoted(each.name()) + ": " + json(each.value())));
        yield "{" + String.join(", ", members) + "}";
      }
      case Node.Arr(var _, List<Node> items) ->
          "[" + String.join(", ", items.stream().map(Written::json).toList()) + "]";
      case Node.Text _, Node.Num _, Node.Bool _, Node.Null _ -> Json.text(node);
    };
  }

  /// With a line for each member, as documents are written that people read.
  ///
  /// @param indent of the line it begins in
  /// @param step by which what stands in something is indented further
  static String lines(Node node, String indent, String step) {
    if (!(node instanceof Node.Obj object) || object.members().isEmpty()) {
      return json(node);
    }
    String deeper = indent + step;
    List<String> members = new ArrayList<>();
    for (Node.Member each : object.entries()) {
      members.add(deeper + Json.quoted(each.name()) + ": " + lines(each.value(), deeper, step));
    }
    return "{\n" + String.join(",\n", members) + "\n" + indent + "}";
  }

  /// YAML in one line, without the quotes it can do without.
  static String flow(Node node) {
    return switch (node) {
      case Node.Obj object -> {
        List<String> members = new ArrayList<>();
        object
            .entries()
            .forEach(each -> members.add(flowText(each.name()) + ": " + flow(each.value())));
        yield "{" + String.join(", ", members) + "}";
      }
      case Node.Arr(var _, List<Node> items) ->
          "[" + String.join(", ", items.stream().map(Written::flow).toList()) + "]";
      case Node.Text(var _, String value) -> flowText(value);
      case Node.Num _, Node.Bool _, Node.Null _ -> Json.text(node);
    };
  }

  /// A member as lines, the first without its indent.
  ///
  /// @param name as it is to be written
  static List<String> yaml(String name, Node value) {
    List<String> lines = new ArrayList<>();
    if (value instanceof Node.Obj object && !object.members().isEmpty()) {
      lines.add(name + ":");
      for (Node.Member member : object.entries()) {
        yaml(plain(member.name()), member.value()).forEach(each -> lines.add("  " + each));
      }
    } else {
      lines.add(
          name + ": " + (value instanceof Node.Text text ? plain(text.value()) : flow(value)));
    }
    return lines;
  }

  /// A text without quotes where YAML reads it as the same text.
  static String plain(String text) {
    return bare(text, PLAIN) ? text : quoted(text);
  }

  private static String flowText(String text) {
    return bare(text, PLAIN_IN_BRACES) ? text : quoted(text);
  }

  private static boolean bare(String text, Pattern plain) {
    return plain.matcher(text).matches()
        && !text.endsWith(" ")
        && !WORDS.contains(text.toLowerCase(Locale.ROOT));
  }

  private static String quoted(String text) {
    return text.chars().anyMatch(Character::isISOControl)
        ? Json.quoted(text)
        : "'" + text.replace("'", "''") + "'";
  }
}
