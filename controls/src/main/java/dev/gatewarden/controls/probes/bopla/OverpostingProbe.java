package dev.gatewarden.controls.probes.bopla;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.controls.probes.Writing;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes fields that are not the caller's to write, and reads the object back.
///
/// Tried is what the object shows and the request's schema does not name or calls `readOnly`, also
/// one level down, and what `x-gatewarden-write` gives to others. It is a fault only where the
/// value
/// stuck. Where nothing reads back what was written, it is what the answer says: of rights and
/// balances alone, since an answer may repeat what it was sent.
@Attack(
    id = "overposting",
    title = "a field can be written that is not the caller's to write",
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 915,
    changes = true,
    guards = {"request-schema", "writable-fields"},
    remedy =
        "refuse fields that the contract does not name, and say by `x-gatewarden-write` whose the"
            + " others are")
public final class OverpostingProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      boolean bound = false;
      for (ObjectBinding binding : operation.objects().list()) {
        bound = true;
        if (binding.does() == Does.UPDATE && binding.id() != null && !binding.id().afterwards()) {
          update(scene, operation, binding);
        } else if (binding.does() == Does.CREATE) {
          create(scene, operation, binding);
        }
      }
      if (!bound && !operation.safe() && !operation.method().equals("DELETE")) {
        if (!unbound(scene, operation)) {
          told(scene, operation);
        }
        signed(scene, operation);
      }
    }
  }

  private static void update(Scene scene, Operation operation, ObjectBinding binding) {
    String type = binding.type().name();
    Operation reader = scene.reader(type);
    for (Identity owner : scene.identities()) {
      KnownObject object = own(scene, operation, type, owner);
      Draft draft = object == null ? null : scene.honest(operation, owner, object);
      Draft read = object == null || reader == null ? null : scene.honest(reader, owner, object);
      if (reader != null && draft != null && read != null && draft.body() instanceof Obj) {
        if (resend(scene, draft, read, object)) {
          return;
        }
      }
    }
    scene.untested(operation, "no `" + type + "` is known that may be changed and read back");
  }

  /// Something of the caller's that is read and written under one path.
  ///
  /// @return whether it could be tried
  private static boolean unbound(Scene scene, Operation operation) {
    Operation reader = null;
    for (Operation each : scene.contract().operations()) {
      if (each.method().equals("GET") && each.path().text().equals(operation.path().text())) {
        reader = each;
      }
    }
    if (reader == null || !scene.harmless(operation, null)) {
      return false;
    }
    if (operation.method().equals("POST") && !Extra.meets(operation, reader)) {
      return false;
    }
    for (Identity caller : scene.identities()) {
      boolean may = scene.allowed(operation, caller, null) && scene.allowed(reader, caller, null);
      Draft draft = may ? scene.honest(operation, caller) : null;
      Draft read = draft == null ? null : scene.honest(reader, caller);
      if (draft != null && read != null && draft.body() instanceof Obj) {
        if (resend(scene, draft, read, null)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Rights that the answer shows, and that nothing reads back.
  private static void told(Scene scene, Operation operation) {
    if (ends(operation) || !Extra.mayShowRights(operation)) {
      return;
    }
    boolean harmless = scene.harmless(operation, null);
    if (!harmless && operation.body() != null) {
      scene.untested(operation, "it changes what was there before; permit it by `--may`");
    }
    Draft draft = harmless ? Honest.of(scene, operation) : null;
    Answer shown = draft != null && draft.body() instanceof Obj ? scene.send(draft) : null;
    Obj before = shown == null || !shown.ok() ? null : Extra.object(operation, operation, shown);
    if (draft == null || shown == null || before == null) {
      return;
    }
    boolean stuck = false;
    for (Extra field : Extra.of(scene, draft, operation, before, null)) {
      Draft next = field.isRight() ? Honest.of(scene, operation) : null;
      if (next == null) {
        continue;
      }
      Answer answer = scene.send(next.member(field.written(), field.value()));
      Obj now = answer.ok() ? Extra.object(operation, operation, answer) : null;
      if (now == null || !field.stands(now)) {
        continue;
      }
      stuck = true;
      String pointer = "/" + String.join("/", field.written());
      scene.found(
          new Fault(
              operation,
              "body#" + pointer,
              Severity.HIGH,
              Confidence.LIKELY,
              "`" + next.as() + "` writes `" + pointer + "`, and the answer says so",
              List.of(shown.attempt(), answer.attempt())));
      Node old = Json.at(before, field.path());
      if (old != null) {
        // what is the caller's own is given its right back
        var unused = scene.send(next.member(field.written(), old));
      }
    }
    if (!stuck) {
      scene.withstood(operation);
    }
  }

  /// Something that says whose it is, in the answer to who made it.
  private static void signed(Scene scene, Operation operation) {
    Identity caller = null;
    for (Identity each : scene.identities()) {
      caller =
          caller == null
                  && scene.allowed(operation, each, null)
                  && !scene.allowed(operation, Identity.NOBODY, null)
              ? each
              : caller;
    }
    String own = caller == null ? null : caller.is().subject();
    if (caller == null || own == null || !scene.harmless(operation, null) || ends(operation)) {
      return;
    }
    Draft draft = scene.honest(operation, caller);
    Answer answer = draft != null && draft.body() instanceof Obj ? scene.send(draft) : null;
    if (draft == null || answer == null || !answer.ok() || !(answer.json() instanceof Obj shown)) {
      return;
    }
    boolean tried = false;
    for (Node.Member each : shown.entries()) {
      String other = own.equals(Json.scalar(each.value())) ? other(scene, own) : null;
      if (other == null || Json.at(draft.body(), List.of(each.name())) != null) {
        continue;
      }
      tried = true;
      Answer forged = scene.send(draft.member(List.of(each.name()), Json.of(other)));
      if (forged.ok() && other.equals(Json.scalar(Json.at(forged.json(), List.of(each.name()))))) {
        scene.found(
            new Fault(
                operation,
                "body#/" + each.name(),
                Severity.HIGH,
                Confidence.LIKELY,
                "`" + caller + "` writes `/" + each.name() + "`, and the answer says so",
                List.of(forged.attempt())));
        return;
      }
    }
    if (tried) {
      scene.withstood(operation);
    }
  }

  private static boolean ends(Operation operation) {
    String name = (operation.id().name() + operation.path().text()).toLowerCase(Locale.ROOT);
    return name.matches(".*(log-?out|sign-?out|revoke|delete|remove).*");
  }

  private static @Nullable String other(Scene scene, String own) {
    for (Identity each : scene.identities()) {
      String subject = each.is().subject();
      if (subject != null && !subject.equals(own)) {
        return subject;
      }
    }
    return null;
  }

  /// Writes each field in turn; false where the honest request does not work.
  private static boolean resend(
      Scene scene, Draft draft, Draft read, @Nullable KnownObject object) {
    Operation operation = draft.operation();
    Answer shown = scene.send(read);
    Obj before = shown.ok() ? Extra.object(operation, read.operation(), shown) : null;
    if (before == null) {
      return false;
    }
    Answer control = scene.send(draft);
    if (!control.ok()) {
      scene.untested(operation, "the owner's own request is answered " + control.status());
      return true;
    }
    ObjectType type = object == null ? null : object.type();
    boolean stuck = false;
    for (Extra field : Extra.of(scene, draft, read.operation(), before, type)) {
      Answer answer = scene.send(draft.member(field.written(), field.value()));
      Answer after = scene.send(read);
      Identity other = field.whose();
      Draft theirs =
          after.ok() || other == null || object == null
              ? null
              : scene.honest(read.operation(), other, object);
      after = theirs == null ? after : scene.send(theirs);
      Obj now = after.ok() ? Extra.object(operation, read.operation(), after) : null;
      if (now != null && field.stands(now)) {
        stuck = true;
        found(scene, operation, field, draft.as(), List.of(answer.attempt(), after.attempt()));
      }
    }
    if (!stuck) {
      scene.withstood(operation);
    }
    return true;
  }

  private static void create(Scene scene, Operation operation, ObjectBinding binding) {
    Operation reader = scene.reader(binding.type().name());
    for (Identity owner : scene.identities()) {
      Draft draft = scene.allowed(operation, owner, null) ? scene.honest(operation, owner) : null;
      if (reader == null || draft == null || !(draft.body() instanceof Obj)) {
        continue;
      }
      KnownObject plain = scene.make(operation, draft);
      Answer shown = plain == null ? null : Writing.read(scene, reader, plain);
      Obj before = shown == null ? null : Extra.object(operation, reader, shown);
      if (before == null) {
        continue;
      }
      boolean stuck = false;
      for (Extra field : Extra.of(scene, draft, reader, before, binding.type())) {
        Draft more = draft.member(field.written(), field.value());
        Answer written = scene.send(more);
        KnownObject made = scene.made(operation, more, written);
        Answer after = made == null ? null : read(scene, reader, made, field);
        Obj now = after == null ? null : Extra.object(operation, reader, after);
        if (now != null && after != null && field.stands(now)) {
          stuck = true;
          found(scene, operation, field, owner, List.of(written.attempt(), after.attempt()));
        }
      }
      if (!stuck) {
        scene.withstood(operation);
      }
      return;
    }
    scene.untested(operation, "nothing could be made and read back");
  }

  /// As whoever it belongs to now.
  private static @Nullable Answer read(
      Scene scene, Operation reader, KnownObject made, Extra field) {
    Answer own = Writing.read(scene, reader, made);
    Identity other = field.whose();
    Draft draft = own != null || other == null ? null : scene.honest(reader, other, made);
    Answer theirs = draft == null ? null : scene.send(draft);
    return own != null ? own : theirs != null && theirs.ok() ? theirs : null;
  }

  private static void found(
      Scene scene, Operation operation, Extra field, Identity owner, List<Integer> attempts) {
    String pointer = "/" + String.join("/", field.written());
    scene.found(
        new Fault(
            operation,
            "body#" + pointer,
            Severity.HIGH,
            Confidence.PROVED,
            "`" + owner + "` writes `" + pointer + "`, and it stands there when it is read again",
            attempts));
  }

  private static @Nullable KnownObject own(
      Scene scene, Operation operation, String type, Identity owner) {
    for (KnownObject each : scene.objects(type)) {
      if (each.owner().name().equals(owner.name())
          && scene.harmless(operation, each)
          && scene.allowed(operation, owner, each)) {
        return each;
      }
    }
    return scene.allowed(operation, owner, null) ? scene.make(type, owner) : null;
  }
}
