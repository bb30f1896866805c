package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Identity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values of path variables that no binding explains, as answers of other operations showed them.
final class Memory {
  private record Place(String path, String variable, String identity) {}

  private final Map<Place, String> values = new HashMap<>();
  private final Set<String> made = new HashSet<>();

  /// @param made whether the tester made what the value names
  void keep(Operation operation, String variable, Identity identity, String value, boolean made) {
    if (made) {
      this.made.add(value);
    }
    values.put(new Place(operation.path().text(), variable, identity.name()), value);
  }

  /// Whether a value names what the tester made.
  boolean isMade(String value) {
    return made.contains(value);
  }

  /// What was seen by an identity, or null.
  @Nullable String value(Operation operation, String variable, Identity identity) {
    return values.get(new Place(operation.path().text(), variable, identity.name()));
  }
}
