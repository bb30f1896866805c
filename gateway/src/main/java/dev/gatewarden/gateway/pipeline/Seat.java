package dev.gatewarden.gateway.pipeline;

import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Guard;
import dev.gatewarden.core.decision.Mode;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// A guard where it sits: at one stage of one operation, in a mode that an exception may relax
/// until it ends.
///
/// @param scheme the security scheme an identifying guard answers for; empty elsewhere
/// @param excused the mode until `until`; afterwards the guard enforces again
/// @param promoted whether it enforces already, because what it watched for did not happen
public record Seat(
    String id,
    Guard guard,
    Cost cost,
    String scheme,
    Mode excused,
    Instant until,
    BooleanSupplier promoted) {
  /// A guard that nothing promotes.
  public Seat(String id, Guard guard, Cost cost, String scheme, Mode excused, Instant until) {
    this(id, guard, cost, scheme, excused, until, () -> false);
  }

  /// A guard that enforces.
  public static Seat enforced(String id, Guard guard, Cost cost) {
    return new Seat(id, guard, cost, "", Mode.ENFORCE, Instant.MAX);
  }

  /// The mode at an instant.
  public Mode modeAt(Instant now) {
    return excused == Mode.ENFORCE || (now.isBefore(until) && !promoted.getAsBoolean())
        ? excused
        : Mode.ENFORCE;
  }
}
