package dev.gatewarden.core.policy;

import java.time.Instant;

/// A decision point as one API consults it.
///
/// @param openUntil until when a failure of the point lets requests pass, because an exception with
///     an owner and a reason says so; `Instant.MIN` where a failure refuses
public record Consulted(DecisionPoint point, Instant openUntil) {

  /// A point whose failure refuses.
  public static Consulted closed(DecisionPoint point) {
    return new Consulted(point, Instant.MIN);
  }
}
