package dev.gatewarden.core.finding;

import dev.gatewarden.core.document.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Short questions to what a contract says, which may be anything at all.
public final class Tree {
  /// A number with a longer exponent is none that a contract means.
  private static final int LONGEST_NUMBER = 40;

  private Tree() {}

  /// The text, or null.
  public static @Nullable String text(@Nullable Node node) {
    return node instanceof Node.Text text ? text.value() : null;
  }

  /// The text under a name, or null.
  public static @Nullable String text(Node.@Nullable Obj object, String name) {
    return object == null ? null : text(object.get(name));
  }

  /// The object, or null.
  public static Node.@Nullable Obj object(@Nullable Node node) {
    return node instanceof Node.Obj object ? object : null;
  }

  /// The object under a name, or null.
  public static Node.@Nullable Obj object(Node.@Nullable Obj object, String name) {
    return object == null ? null : object(object.get(name));
  }

  /// The items of a list, none where it is no list.
  public static List<Node> items(@Nullable Node node) {
    return node instanceof Node.Arr array ? array.items() : List.of();
  }

  /// The texts of a list, or the one text that stands there.
  public static List<String> texts(@Nullable Node node) {
    List<String> texts = new ArrayList<>();
    if (node instanceof Node.Text text) {
      texts.add(text.value());
    }
    for (Node item : items(node)) {
      if (item instanceof Node.Text text) {
        texts.add(text.value());
      }
    }
    return texts;
  }

  public static boolean isTrue(@Nullable Node node) {
    return node instanceof Node.Bool bool && bool.value();
  }

  public static boolean isFalse(@Nullable Node node) {
    return node instanceof Node.Bool bool && !bool.value();
  }

  /// The number, or null.
  public static @Nullable BigDecimal number(@Nullable Node node) {
    if (!(node instanceof Node.Num number) || number.literal().length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      BigDecimal value = number.value();
      return Math.abs((long) value.scale()) > 1000 ? null : value;
    } catch (NumberFormatException no) {
      return null;
    }
  }

  /// Whether a member of that name is there and is not the explicit null.
  public static boolean has(Node.Obj object, String name) {
    Node node = object.get(name);
    return node != null && !(node instanceof Node.Null);
  }
}
