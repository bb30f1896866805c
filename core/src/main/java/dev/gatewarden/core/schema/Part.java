package dev.gatewarden.core.schema;

import dev.gatewarden.core.document.Node;
import java.net.URI;
import java.util.Map;

/// One schema as one place of a composition sees it.
///
/// @param base    what its references are relative to
/// @param dynamic the outermost schema for each dynamic anchor on the way here
/// @param language how its keywords are read
record Part(Node schema, URI base, Map<String, Node> dynamic, Language language) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Part that
        && schema == that.schema
        && dynamic.size() == that.dynamic.size()
        && dynamic.entrySet().stream().allMatch(e -> that.dynamic.get(e.getKey()) == e.getValue());
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(schema);
  }
}
