package dev.gatewarden.platform.inputs;

import dev.gatewarden.core.document.Node.Obj;
import java.util.List;

/// A contract that was inferred from a collection or a recording.
///
/// @param contract an OpenAPI document whose values stand where they were inferred from
/// @param remarks what was not taken, and why
/// @param seen values that worked, by operation
public record Inferred(Obj contract, List<Remark> remarks, Seen seen) {
  public Inferred {
    remarks = List.copyOf(remarks);
  }
}
