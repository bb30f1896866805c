package dev.gatewarden.controls.probes;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Scene;
import org.jspecify.annotations.Nullable;

/// Requests that work, for probes that change one thing about them.
public final class Honest {
  private Honest() {}

  /// What somebody who may would send; null where nobody can, which is told.
  public static @Nullable Draft of(Scene scene, Operation operation) {
    for (Identity each : scene.identities()) {
      if (scene.allowed(operation, each, null)) {
        Draft draft = scene.honest(operation, each);
        if (draft != null) {
          return draft;
        }
      }
    }
    return null;
  }

  /// What may be sent changed, whatever comes of it: a read, something that is made, or a change of
  /// what the tester made; null where there is none.
  public static @Nullable Draft expendable(Scene scene, Operation operation) {
    if (operation.safe() || scene.harmless(operation, null)) {
      return of(scene, operation);
    }
    for (ObjectBinding binding : operation.objects().list()) {
      for (KnownObject object : scene.objects(binding.type().name())) {
        if (scene.harmless(operation, object) && scene.allowed(operation, object.owner(), object)) {
          return scene.honest(operation, object.owner(), object);
        }
      }
    }
    return null;
  }

  /// The first safe operation that answers somebody, and does not answer nobody.
  public static @Nullable Draft closed(Scene scene, Identity identity) {
    for (Operation operation : scene.operations()) {
      if (!operation.safe()
          || scene.allowed(operation, Identity.NOBODY, null)
          || !scene.allowed(operation, identity, null)) {
        continue;
      }
      Draft draft = scene.honest(operation, identity);
      if (draft != null && scene.send(draft).ok() && !scene.send(draft.as(Identity.NOBODY)).ok()) {
        return draft;
      }
    }
    return null;
  }

  /// Whether the body of a draft is JSON.
  public static boolean json(Draft draft) {
    return draft.body() != null
        && (draft.mediaType().equals("application/json") || draft.mediaType().endsWith("+json"));
  }
}
