package dev.gatewarden.controls.probes;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Who may use an operation and must not touch an object with it.
public final class Rivals {
  private Rivals() {}

  /// One of the object's own tenant and one of another, as far as there are such identities.
  public static List<Identity> of(Scene scene, Operation operation, KnownObject object) {
    List<Identity> rivals = new ArrayList<>();
    boolean near = false;
    boolean far = false;
    for (Identity each : scene.identities()) {
      if (each.name().equals(object.owner().name())
          || !scene.allowed(operation, each, null)
          || scene.allowed(operation, each, object)) {
        continue;
      }
      boolean same = Objects.equals(each.is().tenant(), object.owner().is().tenant());
      if (same ? !near : !far) {
        rivals.add(each);
        near |= same;
        far |= !same;
      }
    }
    return rivals;
  }
}
