package dev.gatewarden.platform.probing;

import dev.gatewarden.core.GatewardenBug;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects behind the API, as far as they were found.
final class KnownObjects {
  private static final int MOST = 200;
  private static final int MOST_STOOD = 50_000;

  private final Map<String, Map<String, KnownObject>> byType = new LinkedHashMap<>();
  private final List<KnownObject> departed = new ArrayList<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> stood = new HashSet<>();

  /// Adds one, or what is newly known of it; what was made stays so.
  void add(KnownObject object) {
    Map<String, KnownObject> known =
        byType.computeIfAbsent(object.type().name(), _ -> new LinkedHashMap<>());
    KnownObject before = known.get(object.id());
    if (before != null) {
      Map<String, String> within = new LinkedHashMap<>(before.within());
      within.putAll(object.within());
      known.put(
          object.id(),
          new KnownObject(
              object.type(),
              object.id(),
              before.owner(),
              object.seen() == null ? before.facts() : object.facts(),
              within,
              // what was there before is nobody's to have made
              before.made(),
              object.seen() == null ? before.seen() : object.seen()));
    } else if (known.size() < MOST) {
      known.put(object.id(), object);
    }
  }

  /// Whether an object is known already.
  boolean knows(ObjectType type, String id) {
    return byType.getOrDefault(type.name(), Map.of()).containsKey(id);
  }

  /// Takes down that answers show an object.
  void shown(ObjectType type, String id) {
    KnownObject known = byType.getOrDefault(type.name(), Map.of()).get(id);
    if ((known == null || !known.made()) && stood.size() < MOST_STOOD) {
      stood.add(type.name() + " " + id);
    }
  }

  /// Whether there is an object that the tester did not make, whatever a service says.
  boolean isOld(ObjectType type, String id) {
    KnownObject known = byType.getOrDefault(type.name(), Map.of()).get(id);
    return (known != null && !known.made()) || stood.contains(type.name() + " " + id);
  }

  /// Takes down that an object was deleted, so that its id may be given again.
  void deleted(ObjectType type, String id) {
    stood.remove(type.name() + " " + id);
  }

  /// Whether there was such an object until the tester deleted it.
  boolean isGone(ObjectType type, String id) {
    return gone.contains(type.name() + " " + id);
  }

  void remove(KnownObject object) {
    gone.add(object.type().name() + " " + object.id());
    departed.add(object);
    byType.getOrDefault(object.type().name(), new LinkedHashMap<>()).remove(object.id());
  }

  /// All there were, those that the tester deleted among them.
  List<KnownObject> met() {
    List<KnownObject> all = new ArrayList<>(departed);
    byType.values().forEach(each -> all.addAll(each.values()));
    return all;
  }

  /// Those of a type, what was made first.
  List<KnownObject> of(String type) {
    List<KnownObject> found = new ArrayList<>();
    Iterable<KnownObject> all = byType.getOrDefault(type, Map.of()).values();
    all.forEach(
        each -> {
          if (each.made()) {
            found.add(each);
          }
        });
    all.forEach(
        each -> {
          if (!each.made()) {
            found.add(each);
          }
        });
    return found;
  }

  /// One that is an identity's own, or null.
  @Nullable KnownObject own(String type, Identity identity) {
    for (KnownObject each : of(type)) {
      if (each.owner().name().equals(identity.name())) {
        return each;
      }
    }
    return null;
  }

  /// An id of the same form as those of a type, at which nothing stands.
  String absent(ObjectType type) {
    String like = of(type.name()).isEmpty() ? "" : of(type.name()).getFirst().id();
    if (type.id().as() == ObjectType.Form.UUID || like.length() == 36) {
      return "0e9f5e07-5f2c-4c55-8f0c-5d1c3c0a9e11";
    }
    if (!like.isEmpty() && like.chars().allMatch(Character::isDigit)) {
      return "987654" + (like.length() > 8 ? "3210987" : "3");
    }
    return type.id().as() == ObjectType.Form.INTEGER
        ? "9876543"
        : like.isEmpty() ? "absent-0e9f5e07" : like.substring(0, like.length() / 2) + "zq0e9f";
  }

  static Draft requireWritten(@Nullable Draft draft) {
    if (draft == null) {
      throw new GatewardenBug("a body takes every value");
    }
    return draft;
  }
}
