package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Identity;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values of path variables that no binding explains, as answers of other operations showed them.
final class Memory {
  private record Place(String path, String variable, String identity) {}

  private final Map<Place, String> values = new HashMap<>();

  void keep(Operation operation, String variable, Identity identity, String value) {
    values.put(new Place(operation.path().text(), variable, identity.name()), value);
  }

  /// What was seen by an identity, or null.
  @Nullable String value(Operation operation, String variable, Identity identity) {
    return values.get(new Place(operation.path().text(), variable, identity.name()));
  }
}
