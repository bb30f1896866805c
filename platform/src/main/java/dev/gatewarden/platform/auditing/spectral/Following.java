package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.document.References.Resolution;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Leads from references to what they refer to; each is looked up once.
final class Following implements UnaryOperator<Node> {
  private static final int MOST_FOLLOWED = 64;

  private final References references;
  private final Map<Node, Node> followed = new IdentityHashMap<>();

  Following(References references) {
    this.references = references;
  }

  /// The node itself where it is no reference, or one that leads nowhere or back to itself.
  @Override
  public Node apply(Node node) {
    if (!(node instanceof Node.Obj object) || !(object.get("$ref") instanceof Node.Text)) {
      return node;
    }
    Node known = followed.get(node);
    if (known != null) {
      return known;
    }
    Node at = node;
    for (int i = 0; i < MOST_FOLLOWED; i++) {
      if (!(at instanceof Node.Obj here && here.get("$ref") instanceof Node.Text reference)
          || !(references.resolve(reference.value(), reference.place())
              instanceof Resolution.Found(Node target))) {
        break;
      }
      at = target;
    }
    // a circle, or a way to nowhere, stays what it is
    Node end = at instanceof Node.Obj last && last.get("$ref") instanceof Node.Text ? node : at;
    followed.put(node, end);
    return end;
  }
}
