package dev.gatewarden.controls.probes.bfla;

import dev.gatewarden.controls.probes.Rivals;
import dev.gatewarden.controls.probes.Writing;
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

/// Asks for a deletion by methods that the contract does not have there: the method itself, and a
/// harmless one with a header or a parameter that names it.
///
/// It is tried on objects that were made for it, and on others where that is permitted; by callers
/// whose they are not, or who may not delete.
@Attack(
    id = "method-tampering",
    title = "a method that the contract does not have is obeyed",
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 650,
    changes = true,
    remedy = "refuse methods that the contract does not name, and headers that name another one")
public final class MethodTamperingProbe implements Probe {
  private static final List<String> HEADERS =
      List.of("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method");

  @Override
  public void run(Scene scene) {
    for (String type : scene.contract().types().keySet()) {
      Operation reader = scene.reader(type);
      if (reader != null && scene.operations().contains(reader)) {
        attack(scene, reader, type);
      }
    }
  }

  private static void attack(Scene scene, Operation reader, String type) {
    for (Identity owner : scene.identities()) {
      KnownObject object = Rivals.expendable(scene, type, owner);
      List<Identity> rivals = object == null ? List.of() : Rivals.of(scene, reader, object);
      Draft read = object == null ? null : scene.honest(reader, owner, object);
      Operation remover = declared(scene, reader, "DELETE");
      boolean own = object != null && remover != null && !scene.allowed(remover, owner, object);
      if (object == null || (rivals.isEmpty() && !own) || read == null) {
        continue;
      }
      if (Writing.read(scene, reader, object) == null) {
        continue;
      }
      // where its owner may not delete it either, they are the one who gets nearest
      attack(scene, reader, object, own ? read : read.as(rivals.getFirst()));
      return;
    }
    scene.untested(reader, "no `" + type + "` could be made to be deleted by another method");
  }

  private static void attack(Scene scene, Operation reader, KnownObject object, Draft read) {
    if (declared(scene, reader, "DELETE") == null
        && gone(scene, reader, object, read.method("DELETE"), "DELETE")) {
      return;
    }
    for (String method : List.of("POST", "GET")) {
      Draft draft = read.method(method).query("_method", "DELETE");
      for (String header : HEADERS) {
        draft = draft.header(header, "DELETE");
      }
      if (gone(scene, reader, object, draft, method + " that names DELETE")) {
        return;
      }
    }
    scene.withstood(reader);
  }

  private static @Nullable Operation declared(Scene scene, Operation reader, String method) {
    for (Operation each : scene.contract().operations()) {
      if (each.method().equals(method) && each.path().text().equals(reader.path().text())) {
        return each;
      }
    }
    return null;
  }

  private static boolean gone(
      Scene scene, Operation reader, KnownObject object, Draft draft, String how) {
    Answer answer = scene.send(draft);
    if (!Writing.isGone(scene, reader, object)) {
      return false;
    }
    scene.gone(object);
    scene.found(
        new Fault(
            reader,
            "method",
            Severity.HIGH,
            Confidence.PROVED,
            "`"
                + draft.as()
                + "` deletes the `"
                + object.type().name()
                + "` of `"
                + object.owner()
                + "` by a "
                + how,
            List.of(answer.attempt())));
    return true;
  }
}
