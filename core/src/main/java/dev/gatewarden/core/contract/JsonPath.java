package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Arr;
import dev.gatewarden.core.document.Node.Obj;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A query over a tree (RFC 9535), as far as overlays need it: names, positions, `*`, `..`, unions,
/// and filters that compare a value or ask whether it is there. No slices, no functions.
record JsonPath(List<Segment> segments) {

  /// One step: which children, or which descendants.
  record Segment(boolean descendants, List<Choice> choices) {}

  /// What is chosen of a value's children.
  sealed interface Choice {
    record Name(String name) implements Choice {}

    record Index(int index) implements Choice {}

    record All() implements Choice {}

    record Filter(Test test) implements Choice {}
  }

  /// A question to one child.
  sealed interface Test {
    record Not(Test test) implements Test {}

    record Both(Test one, Test other) implements Test {}

    record Either(Test one, Test other) implements Test {}

    record There(List<String> path) implements Test {}

    /// A value compared with a constant.
    ///
    /// @param value a text, a number as written, `true`, `false` or `null`
    record Compared(List<String> path, String operator, String value, boolean text)
        implements Test {}
  }

  /// Where the selected values stand, as tokens from the root, in the order of the text.
  List<List<String>> select(Node root) {
    List<Found> here = List.of(new Found(List.of(), root));
    for (Segment segment : segments) {
      List<Found> next = new ArrayList<>();
      for (Found each : here) {
        if (segment.descendants) {
          below(each, segment.choices, next);
        } else {
          children(each, segment.choices, next);
        }
      }
      here = next;
    }
    Set<List<String>> paths = new LinkedHashSet<>();
    here.forEach(each -> paths.add(each.path));
    return List.copyOf(paths);
  }

  private record Found(List<String> path, Node node) {
    Found child(String token, Node child) {
      List<String> longer = new ArrayList<>(path);
      longer.add(token);
      return new Found(longer, child);
    }

    List<Found> children() {
      List<Found> children = new ArrayList<>();
      if (node instanceof Obj object) {
        object.entries().forEach(member -> children.add(child(member.name(), member.value())));
      } else if (node instanceof Arr array) {
        for (int i = 0; i < array.items().size(); i++) {
          children.add(child(Integer.toString(i), array.items().get(i)));
        }
      }
      return children;
    }
  }

  private static void below(Found from, List<Choice> choices, List<Found> found) {
    children(from, choices, found);
    for (Found child : from.children()) {
      below(child, choices, found);
    }
  }

  private static void children(Found from, List<Choice> choices, List<Found> found) {
    for (Choice choice : choices) {
      switch (choice) {
        case Choice.Name(String name) -> {
          Node child = from.node instanceof Obj object ? object.get(name) : null;
          if (child != null) {
            found.add(from.child(name, child));
          }
        }
        case Choice.Index(int index) -> {
          if (from.node instanceof Arr array) {
            int at = index < 0 ? array.items().size() + index : index;
            if (at >= 0 && at < array.items().size()) {
              found.add(from.child(Integer.toString(at), array.items().get(at)));
            }
          }
        }
        case Choice.All() -> found.addAll(from.children());
        case Choice.Filter(Test test) -> {
          for (Found child : from.children()) {
            if (holds(test, child.node)) {
              found.add(child);
            }
          }
        }
      }
    }
  }

  private static boolean holds(Test test, Node node) {
    return switch (test) {
      case Test.Not(Test inner) -> !holds(inner, node);
      case Test.Both(Test one, Test other) -> holds(one, node) && holds(other, node);
      case Test.Either(Test one, Test other) -> holds(one, node) || holds(other, node);
      case Test.There(List<String> path) -> at(node, path) != null;
      case Test.Compared compared -> compare(at(node, compared.path), compared);
    };
  }

  private static @Nullable Node at(Node node, List<String> path) {
    Node at = node;
    for (String token : path) {
      at =
          switch (at) {
            case Obj object -> object.get(token);
            case Arr array -> {
              int index = dev.gatewarden.core.document.Pointer.index(token);
              yield index >= 0 && index < array.items().size() ? array.items().get(index) : null;
            }
            case null, default -> null;
          };
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private static boolean compare(@Nullable Node node, Test.Compared compared) {
    boolean equal =
        switch (node) {
          case Node.Text text -> compared.text && text.value().equals(compared.value);
          case Node.Num number -> !compared.text && sameNumber(number, compared.value);
          case Node.Bool bool ->
              !compared.text && Boolean.toString(bool.value()).equals(compared.value);
          case Node.Null ignored -> !compared.text && compared.value.equals("null");
          case Obj ignored -> false;
          case Arr ignored -> false;
          case null -> false;
        };
    return equal == compared.operator.equals("==");
  }

  private static boolean sameNumber(Node.Num number, String value) {
    try {
      return number.value().compareTo(new java.math.BigDecimal(value)) == 0;
    } catch (NumberFormatException notOne) {
      return false;
    }
  }
}
