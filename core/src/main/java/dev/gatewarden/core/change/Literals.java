package dev.gatewarden.core.change;

import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Values as texts that are equal where the values are equal.
final class Literals {
  private static final int SHOWN = 60;

  private Literals() {}

  /// The canonical text: members sorted, numbers without needless digits.
  static String of(Node node) {
    StringBuilder text = new StringBuilder();
    write(node, text);
    return text.toString();
  }

  /// The same, short enough for a sentence.
  static String shown(Node node) {
    return shown(node instanceof Node.Text text ? text.value() : of(node));
  }

  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < SHOWN; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) || c == '`' ? '?' : c);
    }
    return text.length() > SHOWN ? shown.append('…').toString() : shown.toString();
  }

  private static void write(Node node, StringBuilder to) {
    switch (node) {
      case Node.Obj object -> {
        List<Node.Member> members = new ArrayList<>(object.entries());
        members.sort(Comparator.comparing(Node.Member::name));
        to.append('{');
        for (Node.Member member : members) {
          Json.quoted(member.name(), to);
          to.append(':');
          write(member.value(), to);
          to.append(',');
        }
        to.append('}');
      }
      case Node.Arr array -> {
        to.append('[');
        for (Node item : array.items()) {
          write(item, to);
          to.append(',');
        }
        to.append(']');
      }
      case Node.Text text -> Json.quoted(text.value(), to);
      case Node.Num number -> to.append(number.value().stripTrailingZeros());
      case Node.Bool bool -> to.append(bool.value());
      case Node.Null _ -> to.append("null");
    }
  }
}
