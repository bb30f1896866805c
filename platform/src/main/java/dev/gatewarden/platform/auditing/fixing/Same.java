package dev.gatewarden.platform.auditing.fixing;

import dev.gatewarden.core.document.Node;
import java.util.Iterator;

/// Whether two trees say the same in the same order, wherever they stand.
final class Same {
  private Same() {}

  static boolean same(Node one, Node other) {
    return switch (one) {
      case Node.Obj a -> other instanceof Node.Obj b && members(a, b);
      case Node.Arr a -> other instanceof Node.Arr b && items(a, b);
      case Node.Text a -> other instanceof Node.Text b && a.value().equals(b.value());
      case Node.Num a -> other instanceof Node.Num b && a.literal().equals(b.literal());
      case Node.Bool a -> other instanceof Node.Bool b && a.value() == b.value();
      case Node.Null _ -> other instanceof Node.Null;
    };
  }

  private static boolean members(Node.Obj a, Node.Obj b) {
    if (a.members().size() != b.members().size()) {
      return false;
    }
    Iterator<Node.Member> others = b.entries().iterator();
    for (Node.Member each : a.entries()) {
      Node.Member other = others.next();
      if (!each.name().equals(other.name()) || !same(each.value(), other.value())) {
        return false;
      }
    }
    return true;
  }

  private static boolean items(Node.Arr a, Node.Arr b) {
    if (a.items().size() != b.items().size()) {
      return false;
    }
    for (int i = 0; i < a.items().size(); i++) {
      if (!same(a.items().get(i), b.items().get(i))) {
        return false;
      }
    }
    return true;
  }
}
