package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Short questions to a tree.
final class Nodes {
  private Nodes() {}

  /// A text, or a number or truth value as written; null for anything else.
  static @Nullable String scalar(@Nullable Node node) {
    return switch (node) {
      case Node.Text text -> text.value();
      case Node.Num number -> number.literal();
      case Node.Bool bool -> Boolean.toString(bool.value());
      case Obj ignored -> null;
      case Arr ignored -> null;
      case Node.Null ignored -> null;
      case null -> null;
    };
  }

  static @Nullable String text(@Nullable Node node) {
    return node instanceof Node.Text text ? text.value() : null;
  }

  static boolean isTrue(@Nullable Node node) {
    return node instanceof Node.Bool bool && bool.value();
  }

  static boolean isFalse(@Nullable Node node) {
    return node instanceof Node.Bool bool && !bool.value();
  }

  static @Nullable Obj object(@Nullable Node node) {
    return node instanceof Obj object ? object : null;
  }

  static List<Node> items(@Nullable Node node) {
    return node instanceof Arr array ? array.items() : List.of();
  }

  /// The object under a name, or null.
  static @Nullable Obj object(@Nullable Obj parent, String name) {
    return parent == null ? null : object(parent.get(name));
  }

  /// Something between quotes of a message, without control characters and not too long.
  static String shown(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < 120; i++) {
      char c = text.charAt(i);
      shown.append(Character.isISOControl(c) ? '?' : c);
    }
    return text.length() > 120 ? shown.append('…').toString() : shown.toString();
  }

  /// What a node is, for a message.
  static String kind(Node node) {
    return switch (node) {
      case Obj ignored -> "a map";
      case Arr ignored -> "a list";
      case Node.Text ignored -> "a text";
      case Node.Num ignored -> "a number";
      case Node.Bool ignored -> "a truth value";
      case Node.Null ignored -> "nothing";
    };
  }

  /// Whether two trees say the same, wherever they stand.
  static boolean same(Node one, Node other) {
    return switch (one) {
      case Obj a -> other instanceof Obj b && sameMembers(a, b);
      case Arr a -> other instanceof Arr b && sameItems(a.items(), b.items());
      case Node.Text a -> other instanceof Node.Text b && a.value().equals(b.value());
      case Node.Num a -> other instanceof Node.Num b && a.value().compareTo(b.value()) == 0;
      case Node.Bool a -> other instanceof Node.Bool b && a.value() == b.value();
      case Node.Null ignored -> other instanceof Node.Null;
    };
  }

  private static boolean sameMembers(Obj a, Obj b) {
    Set<String> names = a.members().keySet();
    if (!names.equals(b.members().keySet())) {
      return false;
    }
    for (Map.Entry<String, Node.Member> each : a.members().entrySet()) {
      Node other = b.get(each.getKey());
      if (other == null || !same(each.getValue().value(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameItems(List<Node> a, List<Node> b) {
    if (a.size() != b.size()) {
      return false;
    }
    Iterator<Node> other = b.iterator();
    for (Node each : a) {
      if (!same(each, other.next())) {
        return false;
      }
    }
    return true;
  }
}
