package dev.gatewarden.controls.probes.account;

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
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Registers, and tries to get the rights of others: by what the registration says, and by writes
/// of one's own account.
///
/// It is told only where the API shows the rights afterwards. Nobody is touched but accounts that
/// were made for it.
@Attack(
    id = "raised-rights",
    title = "callers can give themselves rights",
    threat = Threat.API3_PROPERTY_AUTHORIZATION,
    cwe = 269,
    remedy =
        "take rights from nobody's request but those who may give them, and refuse fields that the"
            + " contract does not name",
    guards = {"request-schema", "writable-fields"},
    changes = true)
public final class RaisedRightsProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Newcomer plain = Newcomer.of(scene, Map.of());
    Rights rights = plain == null ? null : Rights.of(scene, plain);
    if (plain == null || rights == null) {
      if (plain != null) {
        scene.untested(plain.registration(), "nothing shows a new account its rights");
      }
      return;
    }
    registering(scene, rights, plain.registration());
    Newcomer here = plain;
    for (Operation operation : scene.operations()) {
      if (here != null
          && writes(operation, here, rights)
          && write(scene, operation, here, rights)) {
        here = Newcomer.of(scene, Map.of());
      }
    }
  }

  private static void registering(Scene scene, Rights rights, Operation registration) {
    Newcomer raised = Newcomer.of(scene, Map.of(rights.name(), rights.more()));
    Answer shown = raised == null ? null : rights.read(scene, raised);
    if (raised != null && shown != null && rights.isRaised(shown)) {
      tell(
          scene,
          registration,
          rights,
          "whoever registers with `" + rights.name() + "` has it: the new account shows it",
          List.of(raised.registered(), shown.attempt()));
    } else {
      scene.withstood(registration);
    }
  }

  /// What may concern the caller's own account and says rights, or is written where they are shown.
  private static boolean writes(Operation operation, Newcomer newcomer, Rights rights) {
    boolean write = List.of("PUT", "PATCH", "POST").contains(operation.method());
    boolean entry =
        operation == newcomer.registration() || operation == newcomer.entrance().operation();
    return write
        && !entry
        && operation.body() != null
        && operation.path().variables().stream()
            .allMatch(each -> newcomer.named(operation, each) != null)
        && (operation.path().text().equals(rights.shows().path().text())
            || Newcomer.asked(operation).containsKey(rights.name()));
  }

  private static boolean write(Scene scene, Operation operation, Newcomer here, Rights rights) {
    Draft draft = own(scene, operation, here);
    if (draft == null) {
      return false;
    }
    List<String> member = List.of(rights.name());
    Answer answer = scene.send(draft.member(member, rights.more()));
    if (!answer.ok() && operation.method().equals("PATCH")) {
      answer =
          scene.send(draft.body(Json.of(Map.of(rights.name(), rights.more())), draft.mediaType()));
    }
    Answer shown = rights.read(scene, here);
    if (shown == null || !rights.isRaised(shown)) {
      scene.withstood(operation);
      return false;
    }
    tell(
        scene,
        operation,
        rights,
        "a new account writes its own `" + rights.name() + "`, and has it when it is read again",
        List.of(answer.attempt(), shown.attempt()));
    return true;
  }

  /// A write of one's own account.
  static @Nullable Draft own(Scene scene, Operation operation, Newcomer here) {
    Draft like = written(scene, operation, here);
    if (like == null || !(like.body() instanceof Obj body)) {
      return null;
    }
    Draft draft = Newcomer.fresh(scene, like.as(here.as()));
    for (String variable : operation.path().variables()) {
      String name = here.named(operation, variable);
      draft = name == null ? draft : draft.path(variable, name);
    }
    for (Node.Member each : body.entries()) {
      if (person(each.name(), here)) {
        draft = draft.member(List.of(each.name()), Json.of(here.user()));
      }
    }
    return draft;
  }

  /// A write as somebody would send it who is known to the tester for longer.
  private static @Nullable Draft written(Scene scene, Operation operation, Newcomer here) {
    if (operation.path().variables().isEmpty()) {
      return scene.honest(operation, here.as());
    }
    for (Identity each : scene.identities()) {
      Draft draft = scene.honest(operation, each);
      if (draft != null) {
        return draft;
      }
    }
    return null;
  }

  /// Whether a member names an account.
  static boolean person(String name, Newcomer here) {
    String lower = name.toLowerCase(Locale.ROOT);
    return name.equals(here.entrance().user()) || lower.matches("user(_?name)?");
  }

  private static void tell(
      Scene scene, Operation operation, Rights rights, String message, List<Integer> attempts) {
    scene.found(
        new Fault(
            operation,
            "body#/" + rights.name(),
            Severity.CRITICAL,
            Confidence.PROVED,
            message,
            attempts));
  }
}
