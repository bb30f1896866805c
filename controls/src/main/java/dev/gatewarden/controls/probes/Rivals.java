package dev.gatewarden.controls.probes;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who may use an operation and must not touch an object with it.
public final class Rivals {
  private Rivals() {}

  /// One of the object's own tenant, one of another, and one of another who has a role there, as
  /// far
  /// as there are such identities.
  public static List<Identity> of(Scene scene, Operation operation, KnownObject object) {
    Identity near = null;
    Identity far = null;
    Identity raised = null;
    for (Identity each : scene.identities()) {
      if (each.name().equals(object.owner().name())
          || !scene.allowed(operation, each, null)
          || scene.allowed(operation, each, object)) {
        continue;
      }
      if (Objects.equals(each.is().tenant(), object.owner().is().tenant())) {
        near = near == null ? each : near;
      } else if (granted(object, each)) {
        raised = raised == null ? each : raised;
      } else {
        far = far == null ? each : far;
      }
    }
    return Stream.of(near, far, raised).filter(Objects::nonNull).toList();
  }

  /// Tells of an operation whose path names an object that nobody is known to own.
  ///
  /// @param asked whether the probe would have tried it
  public static void unknown(Scene scene, Operation operation, boolean asked) {
    String path = operation.path().text();
    if (asked && path.endsWith("}") && isUnknown(operation.objects())) {
      scene.untested(
          operation,
          "nothing says whose is what its path names: say it with `x-gatewarden-object`");
    }
  }

  private static boolean isUnknown(ObjectBindings said) {
    return switch (said) {
      case ObjectBindings.Unstated _, ObjectBindings.Unbound _ -> true;
      case ObjectBindings.Bound _, ObjectBindings.None _ -> false;
    };
  }

  /// An object of somebody's that may be deleted: one that was made for it, else one that was there
  /// before where that is permitted.
  public static @Nullable KnownObject expendable(Scene scene, String type, Identity owner) {
    KnownObject made = scene.make(type, owner);
    if (made != null) {
      return made;
    }
    for (KnownObject each : scene.objects(type).reversed()) {
      if (each.owner().name().equals(owner.name()) && scene.mayDelete(each)) {
        return each;
      }
    }
    return null;
  }

  /// Whether a role of somebody's opens objects of the type, though not this one.
  private static boolean granted(KnownObject object, Identity identity) {
    List<Grant> all = new ArrayList<>(object.type().access().read());
    all.addAll(object.type().access().write());
    return all.stream()
        .anyMatch(
            grant ->
                grant instanceof Grant.Role(String name) && identity.is().roles().contains(name));
  }
}
