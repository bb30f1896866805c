package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;

/// Reads the labels an author put on a schema, such as a data class.
@FunctionalInterface
public interface Labels {

  /// No schema carries a label.
  Labels NONE = schema -> 0;

  /// The labels of one schema object as bits (bit `n` is label `n`, 0 to 61); the values it
  /// describes are found under them.
  long of(Node.Obj schema);
}
