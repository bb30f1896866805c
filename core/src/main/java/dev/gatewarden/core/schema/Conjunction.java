package dev.gatewarden.core.schema;

import java.util.List;
import java.util.Set;

/// Schemas that one value must all obey.
///
/// @param closed whether a field that none of them declares is unknown; a branch of a composition
///     is not closed by itself
/// @param loose names whose objects are described elsewhere in the composition too, so that they
///     cannot be closed here
record Conjunction(List<Part> parts, boolean closed, Set<String> loose) {

  Conjunction {
    parts = parts.stream().distinct().toList();
    loose = Set.copyOf(loose);
  }

  static Conjunction root(List<Part> parts) {
    return new Conjunction(parts, true, Set.of());
  }
}
