package dev.gatewarden.core.probe;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.finding.Severity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a probe found.
///
/// @param operation where, or null where it concerns the API as a whole
/// @param place what of the operation lets it in, `path.orderId`, `/role`; never a value
/// @param message what is so, in a sentence: lower case, without full stop
/// @param attempts the numbers of the attempts that show it, in their order
/// @param title what it is called where the probe's own title would say too much, else null
public record Fault(
    @Nullable Operation operation,
    String place,
    Severity severity,
    Confidence confidence,
    String message,
    List<Integer> attempts,
    @Nullable String title) {

  public Fault {
    attempts = List.copyOf(attempts);
  }

  /// A fault that is what its probe's title says.
  public Fault(
      @Nullable Operation operation,
      String place,
      Severity severity,
      Confidence confidence,
      String message,
      List<Integer> attempts) {
    this(operation, place, severity, confidence, message, attempts, null);
  }

  /// The same fault under a title of its own: lower case, without full stop.
  public Fault titled(String other) {
    return new Fault(operation, place, severity, confidence, message, attempts, other);
  }
}
