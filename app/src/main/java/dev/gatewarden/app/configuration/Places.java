package dev.gatewarden.app.configuration;

import dev.gatewarden.core.document.Node;
import org.jspecify.annotations.Nullable;

/// Finding values in the tree of a file by the keys that lead to them.
public final class Places {
  private Places() {}

  /// The value behind these keys, or null when the file does not write it.
  public static @Nullable Node find(Node root, String... path) {
    Node node = root;
    for (String token : path) {
      Node next = step(node, token);
      if (next == null) {
        return null;
      }
      node = next;
    }
    return node;
  }

  /// The value behind these keys; where it is only a default, the innermost object around it that
  /// is written.
  public static Node nearest(Node root, String... path) {
    Node node = root;
    for (String token : path) {
      Node next = step(node, token);
      if (next == null) {
        return node;
      }
      node = next;
    }
    return node;
  }

  private static @Nullable Node step(Node node, String token) {
    if (node instanceof Node.Obj object) {
      return object.get(token);
    }
    if (node instanceof Node.Arr array) {
      int index = dev.gatewarden.core.document.Pointer.index(token);
      return index >= 0 && index < array.items().size() ? array.items().get(index) : null;
    }
    return null;
  }
}
