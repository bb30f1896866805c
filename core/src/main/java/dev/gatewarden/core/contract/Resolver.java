package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.document.References.Resolution;
import org.jspecify.annotations.Nullable;

/// Follows `$ref` to what stands at its end. What cannot be followed is reported once for the whole
/// document, by [ReferenceCheck]; here it is simply absent.
final class Resolver {
  /// A longer chain of references is a circle, or as bad as one.
  static final int MOST_STEPS = 64;

  private final References references;

  Resolver(References references) {
    this.references = references;
  }

  References references() {
    return references;
  }

  /// The node itself, or where its `$ref` leads in the end; null when it leads nowhere or in a
  /// circle.
  @Nullable Node follow(Node node) {
    Node at = node;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      if (!(at instanceof Obj object) || !(object.get("$ref") instanceof Node.Text reference)) {
        return at;
      }
      if (!(references.resolve(reference.value(), reference.place())
          instanceof Resolution.Found(Node target))) {
        return null;
      }
      at = target;
    }
    return null;
  }

  /// The object at the end of any `$ref`, or null.
  @Nullable Obj object(@Nullable Node node) {
    return node == null ? null : Nodes.object(follow(node));
  }
}
