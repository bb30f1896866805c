package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Mode;
import java.time.Instant;

/// A guard where it sits: at one stage of one operation, in a mode that an exception may relax
/// until it ends.
///
/// @param scheme the security scheme an identifying guard answers for; empty elsewhere
/// @param excused the mode until `until`; afterwards the guard enforces again
public record Seat(String id, Guard guard, Cost cost, String scheme, Mode excused, Instant until) {

  /// A guard that enforces.
  public static Seat enforced(String id, Guard guard, Cost cost) {
    return new Seat(id, guard, cost, "", Mode.ENFORCE, Instant.MAX);
  }

  /// The mode at an instant.
  public Mode modeAt(Instant now) {
    return excused == Mode.ENFORCE || now.isBefore(until) ? excused : Mode.ENFORCE;
  }
}
