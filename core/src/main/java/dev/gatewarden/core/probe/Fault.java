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
public record Fault(
    @Nullable Operation operation,
    String place,
    Severity severity,
    Confidence confidence,
    String message,
    List<Integer> attempts) {

  public Fault {
    attempts = List.copyOf(attempts);
  }
}
