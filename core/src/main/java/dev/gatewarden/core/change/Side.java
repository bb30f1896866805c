package dev.gatewarden.core.change;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Dialect;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.References;
import dev.gatewarden.core.document.References.Resolution;
import org.jspecify.annotations.Nullable;

/// One of the two contracts, as far as its schemas are read.
record Side(References references, Dialect dialect) {
  /// A longer chain of references is refused when a contract is read.
  private static final int MOST_STEPS = 64;

  static Side of(Contract contract) {
    return new Side(contract.references(), contract.dialect());
  }

  /// Whether nothing but our own words counts beside a `$ref`.
  boolean referenceStandsAlone() {
    return dialect == Dialect.OPENAPI_3_0;
  }

  /// What stands behind `$ref` in the object, or null where it has none.
  static Node.@Nullable Text reference(Node node) {
    return node instanceof Obj object && object.get("$ref") instanceof Node.Text text ? text : null;
  }

  /// One step along a reference; null where it leads nowhere.
  @Nullable Node target(Node.Text reference) {
    return references.resolve(reference.value(), reference.place())
            instanceof Resolution.Found(Node found)
        ? found
        : null;
  }

  /// The node at the end of all references.
  Node follow(Node node) {
    Node at = node;
    for (int steps = 0; steps < MOST_STEPS; steps++) {
      Node.Text reference = reference(at);
      Node next = reference == null ? null : target(reference);
      if (next == null) {
        return at;
      }
      at = next;
    }
    return at;
  }
}
