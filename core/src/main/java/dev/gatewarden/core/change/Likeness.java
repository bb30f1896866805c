package dev.gatewarden.core.change;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether two trees of schemas say the same, references followed, whatever they are described
/// with.
///
/// Two references that lead into each other are the same unless something beside them tells
/// otherwise.
final class Likeness {
  /// Deeper nesting counts as different.
  private static final int DEEPEST = 500;

  private static final Set<String> SILENT =
      Set.of("title", "description", "example", "examples", "$comment", "externalDocs");

  /// Below these each name is the author's own.
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs");

  private final Side old;
  private final Side now;
  private final Map<Node, Integer> numbers = new IdentityHashMap<>();
  private final Set<Long> assumed = new HashSet<>();

  Likeness(Side old, Side now) {
    this.old = old;
    this.now = now;
  }

  /// Whether lists of trees are the same, one by one.
  boolean same(List<Node> before, List<Node> after) {
    if (before.size() != after.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!same(before.get(i), after.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean same(Node before, Node after) {
    assumed.clear();
    return same(before, after, false, 0);
  }

  private boolean same(Node before, Node after, boolean named, int depth) {
    Node one = old.follow(before);
    Node other = now.follow(after);
    if (depth > DEEPEST) {
      return false;
    }
    return switch (one) {
      case Obj a -> other instanceof Obj b && (!fresh(a, b) || members(a, b, named, depth));
      case Node.Arr a -> other instanceof Node.Arr b && items(a.items(), b.items(), depth);
      case Node.Text a -> other instanceof Node.Text b && a.value().equals(b.value());
      case Node.Num a -> other instanceof Node.Num b && a.value().compareTo(b.value()) == 0;
      case Node.Bool a -> other instanceof Node.Bool b && a.value() == b.value();
      case Node.Null _ -> other instanceof Node.Null;
    };
  }

  private boolean fresh(Obj one, Obj other) {
    return assumed.add((long) number(one) << 32 | number(other));
  }

  private int number(Node node) {
    return numbers.computeIfAbsent(node, _ -> numbers.size());
  }

  private boolean members(Obj a, Obj b, boolean named, int depth) {
    int counted = 0;
    for (Node.Member member : a.entries()) {
      if (named || !SILENT.contains(member.name())) {
        Node other = b.get(member.name());
        boolean names = !named && NAMED.contains(member.name());
        if (other == null || !same(member.value(), other, names, depth + 1)) {
          return false;
        }
        counted++;
      }
    }
    for (Node.Member member : b.entries()) {
      counted -= !named && SILENT.contains(member.name()) ? 0 : 1;
    }
    return counted == 0;
  }

  private boolean items(List<Node> a, List<Node> b, int depth) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i), false, depth + 1)) {
        return false;
      }
    }
    return true;
  }
}
