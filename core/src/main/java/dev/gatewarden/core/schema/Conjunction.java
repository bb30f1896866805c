package dev.gatewarden.core.schema;

import java.util.List;

/// Schemas that one value must all obey.
///
/// @param closed whether a field that none of them declares is unknown here; where the value is
///     described elsewhere in the composition too, only one place closes it
/// @param also   the schemas that describe the value elsewhere in the composition: what they
///     declare is known, and not judged here
/// @param travel how `readOnly` and `writeOnly` bear on it
record Conjunction(List<Part> parts, boolean closed, List<Part> also, Travel travel) {

  Conjunction {
    parts = parts.stream().distinct().toList();
    also = also.stream().distinct().toList();
  }
}
