package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.schema.ReadingBounds;
import dev.gatewarden.core.limit.Size;
import java.util.Optional;

/// What no message of any API may exceed, as far as the operator said so.
///
/// @param body the most bytes of a body that is held
/// @param parameters the most query parameters of a request
public record Ceilings(
    long body,
    int parameters,
    Optional<Integer> depth,
    Optional<Integer> keys,
    Optional<Integer> items,
    Optional<Size> string,
    Optional<Integer> digits)
    implements ReadingBounds {

  public Ceilings {
    ReadingBounds.check(depth, keys, items, string, digits);
  }

  /// A bound for bodies and one for query parameters, and nothing said of what is in them.
  public Ceilings(long body, int parameters) {
    this(
        body,
        parameters,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
