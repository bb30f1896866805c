package dev.gatewarden.core.probe;

import dev.gatewarden.core.contract.Operation;
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
    Weight weight,
    Confidence confidence,
    String message,
    List<Integer> attempts) {

  /// How bad it is.
  public enum Weight {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW
  }

  public Fault {
    attempts = List.copyOf(attempts);
  }
}
