package dev.gatewarden.controls.probes.bola;

import dev.gatewarden.controls.probes.Leaks;
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
import org.jspecify.annotations.Nullable;

/// Changes objects as callers whose they are not, and reads them back as their owners.
///
/// What counts is the object, not the status: an answer of 404 behind which the object has changed
/// is a fault, and one of 200 behind which it stands as it was is none.
@Attack(
    id = "foreign-write",
    title = "somebody else's object can be changed",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    changes = true,
    guards = "object-owner",
    remedy = "let the object be looked up and checked before this operation is forwarded")
public final class ForeignWriteProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      boolean replaces = operation.method().equals("PUT") || operation.method().equals("PATCH");
      Rivals.unknown(scene, operation, replaces);
      for (ObjectBinding binding : operation.objects().list()) {
        boolean writes = binding.does() == Does.UPDATE || binding.does() == Does.ACT;
        if (writes && binding.id() != null && !binding.id().afterwards()) {
          attack(scene, operation, binding);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, ObjectBinding binding) {
    String type = binding.type().name();
    Operation reader = scene.reader(type);
    if (reader == null) {
      scene.untested(operation, "nothing reads one `" + type + "` back");
      return;
    }
    KnownObject object = victim(scene, operation, type);
    if (object == null) {
      scene.untested(
          operation, "no `" + type + "` is known that may be changed and some identity may not");
      return;
    }
    Writing.Visible write = Writing.visible(scene, operation, reader, object);
    if (write == null) {
      return;
    }
    for (Identity rival : Rivals.of(scene, operation, object)) {
      if (write.member().isEmpty()) {
        fresh(scene, operation, binding, reader, object.owner(), rival);
      } else {
        attack(scene, operation, binding, reader, object, write, rival);
      }
    }
  }

  /// What only shows once is tried on another object, which it has not been done to.
  private static void fresh(
      Scene scene,
      Operation operation,
      ObjectBinding binding,
      Operation reader,
      Identity owner,
      Identity rival) {
    KnownObject other = scene.make(binding.type().name(), owner);
    Draft draft = other == null ? null : scene.honest(operation, owner, other);
    if (other == null || draft == null) {
      scene.untested(operation, "no second `" + binding.type().name() + "` could be made");
      return;
    }
    attack(scene, operation, binding, reader, other, new Writing.Visible(draft, List.of()), rival);
  }

  private static @Nullable KnownObject victim(Scene scene, Operation operation, String type) {
    for (KnownObject each : scene.objects(type)) {
      if (scene.harmless(operation, each)
          && scene.allowed(operation, each.owner(), each)
          && !Rivals.of(scene, operation, each).isEmpty()) {
        return each;
      }
    }
    for (Identity each : scene.identities()) {
      KnownObject made = scene.allowed(operation, each, null) ? scene.make(type, each) : null;
      if (made != null
          && scene.allowed(operation, each, made)
          && !Rivals.of(scene, operation, made).isEmpty()) {
        return made;
      }
    }
    return null;
  }

  private static void attack(
      Scene scene,
      Operation operation,
      ObjectBinding binding,
      Operation reader,
      KnownObject object,
      Writing.Visible write,
      Identity rival) {
    Answer before = Writing.read(scene, reader, object);
    String mark = write.mark(scene, before);
    Answer answer = scene.send(write.marked(mark).as(rival));
    Answer after = Writing.read(scene, reader, object);
    if (before == null || after == null) {
      scene.untested(operation, "its owner could not read the object back");
      return;
    }
    boolean changed =
        write.member().isEmpty() ? !after.sameAs(before) : Leaks.holds(after.json(), mark);
    if (changed) {
      scene.found(
          new Fault(
              operation,
              binding.id() == null ? "" : binding.id().text(),
              Severity.CRITICAL,
              Confidence.PROVED,
              "`"
                  + rival
                  + "` changes the `"
                  + binding.type().name()
                  + "` of `"
                  + object.owner()
                  + "`"
                  + (answer.ok() ? "" : ", although the answer is " + answer.status()),
              List.of(before.attempt(), answer.attempt(), after.attempt())));
    } else {
      scene.withstood(operation);
    }
  }
}
