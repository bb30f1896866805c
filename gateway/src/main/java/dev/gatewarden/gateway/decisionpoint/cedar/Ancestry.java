package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.policy.Question.Resource;
import dev.gatewarden.core.policy.Relations;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an object lies below, as far as the gate has learned it: its parents, theirs, and so on.
///
/// @param whole false where there is more than anybody would follow
record Ancestry(List<Above> each, boolean whole) {
  static final Ancestry NONE = new Ancestry(List.of(), true);
  private static final int MOST = 64;

  /// One object above another.
  ///
  /// @param relation what is known of it, or null
  record Above(ObjectType type, String id, Relations.@Nullable Relation relation) {}

  /// The ancestors of an object.
  ///
  /// @param types the object types of the API by name
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when a relation is not at hand
  static Ancestry of(
      String api, Resource resource, Map<String, ObjectType> types, Relations relations) {
    if (!(resource instanceof Resource.Thing thing) || thing.facts().parents().isEmpty()) {
      return NONE;
    }
    List<Above> found = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(thing.type().name() + "/" + thing.id()));
    for (Map.Entry<String, Fact> parent : thing.facts().parents().entrySet()) {
      if (parent.getValue() instanceof Fact.Known(String id)) {
        find(api, types.get(parent.getKey()), id, relations, seen, found);
      }
    }
    for (int i = 0; i < found.size() && i < MOST; i++) {
      Relations.Relation relation = found.get(i).relation();
      if (relation != null) {
        for (Map.Entry<String, String> parent : relation.parents().entrySet()) {
          find(api, types.get(parent.getKey()), parent.getValue(), relations, seen, found);
        }
      }
    }
    return new Ancestry(found, found.size() <= MOST);
  }

  private static void find(
      String api,
      @Nullable ObjectType type,
      String id,
      Relations relations,
      Set<String> seen,
      List<Above> found) {
    if (type != null && seen.add(type.name() + "/" + id)) {
      Relations.Key key = new Relations.Key(api, type.name(), id);
      found.add(new Above(type, id, relations.find(key).orElse(null)));
    }
  }
}
