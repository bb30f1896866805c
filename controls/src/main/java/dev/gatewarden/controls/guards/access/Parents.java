package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Reading.Mark;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import dev.gatewarden.core.schema.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parents that a request names an object within.
final class Parents {
  private Parents() {}

  /// The ids of the parents that the request names, by their type; null when one of them is not
  /// there exactly once.
  static @Nullable Map<String, String> named(ObjectBinding binding, Call call) {
    if (binding.within().isEmpty()) {
      return Map.of();
    }
    Map<String, String> named = new HashMap<>();
    for (Map.Entry<String, Selector> parent : binding.within().entrySet()) {
      Selector at = parent.getValue();
      boolean inBody = at instanceof Selector.Body || at instanceof Selector.Part;
      String id =
          inBody ? inBody(binding, parent.getKey(), call) : Selected.value(at, call.exchange());
      if (id == null) {
        return null;
      }
      named.put(parent.getKey(), id);
    }
    return named;
  }

  private static @Nullable String inBody(ObjectBinding binding, String parent, Call call) {
    int number = call.operation().objects().list().indexOf(binding);
    Meaning wanted = new Meaning.Part(number, Role.PARENT, parent);
    Bytes body = call.body().bytes();
    String only = null;
    for (Mark mark : call.body().marks()) {
      if (mark.meaning().equals(wanted)) {
        String text = text(body, mark);
        if (only != null || text == null) {
          return null;
        }
        only = text;
      }
    }
    return only;
  }

  /// A text, or a number as it is written.
  private static @Nullable String text(Bytes body, Mark mark) {
    byte[] json = body.array();
    if (JsonText.isString(json, mark.from(), mark.to())) {
      return JsonText.decode(json, mark.from(), mark.to());
    }
    return JsonText.isNumber(json, mark.from(), mark.to())
        ? new String(json, mark.from(), mark.to() - mark.from(), StandardCharsets.ISO_8859_1)
        : null;
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
