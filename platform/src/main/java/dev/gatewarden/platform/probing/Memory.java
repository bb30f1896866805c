package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Values of path variables that no binding explains, as answers of other operations showed them.
final class Memory {
  private record Place(String path, String variable, String identity) {}

  private record Made(String collection, String value) {}

  private final Map<Place, String> values = new HashMap<>();
  private final Set<Made> made = new HashSet<>();

  /// @param made whether the tester made what the value names
  void keep(Operation operation, String variable, Identity identity, String value, boolean made) {
    if (made) {
      made(collection(operation, variable), value);
    }
    values.put(new Place(operation.path().text(), variable, identity.name()), value);
  }

  /// Tells that the tester made what stands at a value below a path.
  void made(String collection, String value) {
    made.add(new Made(collection, value));
  }

  /// Whether every variable of a request's path names what the tester made there.
  boolean isMade(Draft draft) {
    boolean any = false;
    for (Map.Entry<String, String> each : draft.path().entrySet()) {
      if (isTenant(draft.operation(), each.getKey())) {
        continue;
      }
      any = true;
      if (!made.contains(new Made(collection(draft.operation(), each.getKey()), each.getValue()))) {
        return false;
      }
    }
    return any;
  }

  private static boolean isTenant(Operation operation, String variable) {
    return operation.tenant() != null
        && operation.tenant().from() instanceof Selector.PathParameter(String name)
        && name.equals(variable);
  }

  /// The path above a variable.
  static String collection(Operation operation, String variable) {
    String path = operation.path().text();
    int at = path.indexOf("/{" + variable + "}");
    return at < 0 ? path : path.substring(0, at);
  }

  /// What was seen by an identity, or null.
  @Nullable String value(Operation operation, String variable, Identity identity) {
    return values.get(new Place(operation.path().text(), variable, identity.name()));
  }
}
