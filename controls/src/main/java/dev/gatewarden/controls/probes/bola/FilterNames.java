package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Parameters of a list that are called like the owner, the tenant or a parent of its objects.
public final class FilterNames {
  private FilterNames() {}

  /// What is to be tried with one of them.
  @FunctionalInterface
  public interface Try {
    /// @param honest the list as somebody may have it to whom the object is foreign
    /// @param named the parameter, and what it is of the object
    /// @param own what it is of one's own, or null where none is known
    void with(
        Draft honest, Map.Entry<String, String> named, KnownObject object, @Nullable String own);
  }

  /// Tries each with the first foreign object there is.
  public static void each(Scene scene, Operation operation, ObjectBinding binding, Try what) {
    for (KnownObject object : scene.objects(binding.type().name())) {
      for (Identity rival : scene.identities()) {
        if (!scene.allowed(operation, rival, null) || scene.allowed(operation, rival, object)) {
          continue;
        }
        Map<String, String> theirs = named(operation, object);
        KnownObject own = own(scene, binding, rival);
        for (Map.Entry<String, String> each : theirs.entrySet()) {
          Draft honest = scene.honest(operation, rival);
          if (honest != null) {
            what.with(
                honest,
                each,
                object,
                own == null ? null : named(operation, own).get(each.getKey()));
          }
        }
        if (!theirs.isEmpty()) {
          return;
        }
      }
    }
  }

  private static @Nullable KnownObject own(Scene scene, ObjectBinding binding, Identity rival) {
    for (KnownObject each : scene.objects(binding.type().name())) {
      if (each.owner().name().equals(rival.name())) {
        return each;
      }
    }
    return null;
  }

  /// The parameters that are called like the owner, the tenant or a parent, and what they are of an
  /// object.
  private static Map<String, String> named(Operation operation, KnownObject object) {
    Map<String, String> named = new LinkedHashMap<>();
    ObjectType type = object.type();
    if (type.owner() != null) {
      put(named, operation, type.owner().at(), object.facts().owner());
    }
    if (type.tenant() != null) {
      put(named, operation, type.tenant().at(), object.facts().tenant());
    }
    type.parents()
        .forEach(
            (parent, at) ->
                put(
                    named,
                    operation,
                    at,
                    object.facts().parents().getOrDefault(parent, Fact.MISSING)));
    return named;
  }

  private static void put(
      Map<String, String> named, Operation operation, @Nullable PointerPattern at, Fact fact) {
    if (at == null) {
      return;
    }
    String pointer = at.toString();
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    Parameter parameter = operation.parameter(Parameter.In.QUERY, name);
    if (parameter != null && fact instanceof Fact.Known(String text)) {
      named.put(name, text);
    }
  }
}
