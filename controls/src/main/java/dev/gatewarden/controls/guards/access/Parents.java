package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Exchange;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parents that a request names an object within.
final class Parents {
  private Parents() {}

  /// The ids of the parents that the head of the request names, by their type; null when one of
  /// them is not there exactly once.
  static @Nullable Map<String, String> named(ObjectBinding binding, Exchange exchange) {
    if (binding.within().isEmpty()) {
      return Map.of();
    }
    Map<String, String> named = new HashMap<>();
    for (Map.Entry<String, Selector> parent : binding.within().entrySet()) {
      String id = Selected.value(parent.getValue(), exchange);
      if (id == null) {
        return null;
      }
      named.put(parent.getKey(), id);
    }
    return named;
  }

  /// Those of the named parents that a type says it lies directly below.
  static Map<String, String> of(ObjectType type, Map<String, String> within) {
    if (within.isEmpty()) {
      return within;
    }
    Map<String, String> own = new HashMap<>(within);
    own.keySet().retainAll(type.parents().keySet());
    return own;
  }

  /// Whether the child, or another named parent, says that it lies below that parent.
  static boolean claimed(
      String parent, ObjectType child, Map<String, String> within, Map<String, ObjectType> types) {
    if (child.parents().containsKey(parent)) {
      return true;
    }
    for (String other : within.keySet()) {
      ObjectType type = types.get(other);
      if (type != null && type.parents().containsKey(parent)) {
        return true;
      }
    }
    return false;
  }
}
