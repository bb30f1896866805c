package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Cursor;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.opaque.OpaqueIds;
import dev.gatewarden.core.opaque.OpaquePlace;
import dev.gatewarden.core.opaque.OpaqueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The types of one contract whose ids callers do not see, by name, with what makes theirs, and the
/// operations whose pages they find by cursors.
///
/// @param places by the operation's full name
public record OpaqueTypes(Map<String, OpaqueType> byName, Map<String, OpaquePlace> places) {
  /// No id is opaque.
  public static final OpaqueTypes NONE = new OpaqueTypes(Map.of(), Map.of());

  /// The schema engine keeps the labels of a value in one word.
  private static final int MOST = 20;

  /// @param keys null where the operator has none
  /// @param problems where types without a key are added
  public static OpaqueTypes of(
      Contract contract, @Nullable OpaqueIds keys, List<Problem> problems) {
    Map<String, OpaqueType> byName = new LinkedHashMap<>();
    for (ObjectType type : contract.types().values()) {
      if (!type.opaque()) {
        continue;
      }
      if (keys == null) {
        problems.add(
            new Problem(
                type.place(),
                "ids of `" + type.name() + "` are opaque, and there is no key for them",
                "write `opaque-ids: {keys: [env:NAME]}` in the configuration"));
        continue;
      }
      try {
        byName.put(type.name(), keys.of(type));
      } catch (IllegalArgumentException clash) {
        problems.add(new Problem(type.place(), String.valueOf(clash.getMessage())));
      }
    }
    if (byName.size() > MOST) {
      problems.add(
          new Problem(
              contract.source().place(),
              "more than " + MOST + " types have opaque ids",
              "part the contract"));
      return NONE;
    }
    return new OpaqueTypes(byName, places(contract, keys, problems));
  }

  private static Map<String, OpaquePlace> places(
      Contract contract, @Nullable OpaqueIds keys, List<Problem> problems) {
    Map<String, OpaquePlace> places = new LinkedHashMap<>();
    for (Operation operation : contract.operations()) {
      Cursor cursor = Cursor.of(operation);
      if (cursor == null) {
        continue;
      }
      if (keys == null) {
        problems.add(
            new Problem(
                cursor.place(),
                "there is no key for cursors",
                "write `opaque-ids: {keys: [env:NAME]}` in the configuration"));
        continue;
      }
      places.put(operation.id().toString(), keys.places(operation.id().toString()));
    }
    return places;
  }

  public boolean isEmpty() {
    return byName.isEmpty() && places.isEmpty();
  }
}
