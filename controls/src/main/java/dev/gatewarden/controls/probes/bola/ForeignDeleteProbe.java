package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.controls.probes.Rivals;
import dev.gatewarden.controls.probes.Writing;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Deletes objects as callers whose they are not: objects that were made for it alone.
@Attack(
    id = "foreign-delete",
    title = "somebody else's object can be deleted",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    changes = true,
    guards = "object-owner",
    remedy = "let the object be looked up and checked before this operation is forwarded")
public final class ForeignDeleteProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Rivals.unknown(scene, operation, operation.method().equals("DELETE"));
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.does() == Does.DELETE && binding.id() != null && !binding.id().afterwards()) {
          attack(scene, operation, binding.type().name(), binding.id().text());
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, String type, String place) {
    Operation reader = scene.reader(type);
    if (reader == null) {
      scene.untested(operation, "nothing reads one `" + type + "` back");
      return;
    }
    boolean tried = false;
    for (Identity owner : scene.identities()) {
      KnownObject object = Rivals.expendable(scene, type, owner);
      if (object == null || !scene.allowed(operation, owner, object)) {
        continue;
      }
      List<Identity> rivals = Rivals.of(scene, operation, object);
      Draft honest = rivals.isEmpty() ? null : scene.honest(operation, owner, object);
      if (honest != null && Writing.read(scene, reader, object) != null) {
        tried = true;
        attack(scene, reader, honest, object, rivals, place);
        break;
      }
    }
    if (!tried) {
      scene.untested(operation, "no `" + type + "` could be made to be deleted");
    }
  }

  private static void attack(
      Scene scene,
      Operation reader,
      Draft honest,
      KnownObject object,
      List<Identity> rivals,
      String place) {
    Operation operation = honest.operation();
    for (Identity rival : rivals) {
      Answer answer = scene.send(honest.as(rival));
      if (Writing.isGone(scene, reader, object)) {
        scene.gone(object);
        scene.found(
            new Fault(
                operation,
                place,
                Severity.CRITICAL,
                Confidence.PROVED,
                "`"
                    + rival
                    + "` deletes the `"
                    + object.type().name()
                    + "` of `"
                    + object.owner()
                    + "`"
                    + (answer.ok() ? "" : ", although the answer is " + answer.status()),
                List.of(answer.attempt())));
        return;
      }
    }
    Answer own = scene.send(honest);
    if (own.ok()) {
      scene.gone(object);
      scene.withstood(operation);
    } else {
      scene.untested(operation, "the owner's own request is answered " + own.status());
    }
  }
}
