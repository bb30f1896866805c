package dev.gatewarden.controls.probes;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests of operations that the contract has no more.
public final class Removed {
  private Removed() {}

  /// Each removed operation as somebody who had an object that it names, in the order of the
  /// version
  /// before.
  public static List<Draft> drafts(Scene scene, boolean safe) {
    List<Draft> drafts = new ArrayList<>();
    for (Operation operation : scene.removed()) {
      if (operation.safe() == safe && scene.harmless(operation, null)) {
        Draft draft = draft(scene, operation);
        if (draft != null) {
          drafts.add(draft);
        }
      }
    }
    return drafts;
  }

  /// Its values are those of an operation that is still there and names the same.
  private static @Nullable Draft draft(Scene scene, Operation removed) {
    for (Identity each : scene.identities()) {
      Draft draft = Draft.of(removed, each);
      for (String variable : removed.path().variables()) {
        String value = value(scene, variable, each);
        draft = draft == null || value == null ? null : draft.path(variable, value);
      }
      if (draft != null) {
        return draft;
      }
    }
    scene.untested(removed, "no value is known for a variable of its path");
    return null;
  }

  private static @Nullable String value(Scene scene, String variable, Identity identity) {
    for (Operation each : scene.contract().operations()) {
      if (each.path().variables().contains(variable) && scene.allowed(each, identity, null)) {
        Draft honest = scene.honest(each, identity);
        if (honest != null) {
          return honest.path().get(variable);
        }
      }
    }
    return null;
  }
}
