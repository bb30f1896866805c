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
import java.util.HashMap;
import java.util.List;
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
    Meaning wanted = new Meaning.Part(number(binding, call), Role.PARENT, parent);
    Bytes body = call.body().bytes();
    List<Mark> marks = call.body().marks();
    String only = null;
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      if (mark.meaning().equals(wanted)) {
        String text = JsonText.plain(body.array(), mark.from(), mark.to());
        if (only != null || text == null) {
          return null;
        }
        only = text;
      }
    }
    return only;
  }

  private static int number(ObjectBinding binding, Call call) {
    List<ObjectBinding> all = call.operation().objects().list();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i) == binding) {
        return i;
      }
    }
    return -1;
  }

  /// Those of the named parents that a type says it lies directly below.
  static Map<String, String> of(ObjectType type, Map<String, String> within) {
    // a parent that is not the type's own is named only above one that is
    if (type.parents().keySet().containsAll(within.keySet())) {
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
