package dev.gatewarden.controls.probes.bfla;

import dev.gatewarden.controls.probes.Anybody;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls operations as identities whose scopes and roles do not suffice.
///
/// Where the contract asks for nothing and its path or its words say that the operation is for
/// those who have a role, an identity without it stands for those who may not; what is found so is
/// a guess and says it.
@Attack(
    id = "forbidden-function",
    title = "an operation can be used by callers it is not for",
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 285,
    changes = true,
    guards = "permission",
    remedy = "state the scopes or roles of the operation, and let them be checked before it runs")
public final class ForbiddenFunctionProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (scene.isFound("no-credential", operation)) {
        // whoever comes is let in: one cause, one fault
        continue;
      }
      Identity low = lowest(scene, operation);
      if (low != null) {
        attack(scene, operation, low, null);
      } else if (!vague(scene, operation) && !operation.security().isPublic()) {
        Few few = Few.of(scene, operation);
        if (few != null) {
          attack(scene, operation, few.excluded(), few.why());
        }
      }
    }
  }

  /// Somebody with a credential who may not.
  private static @Nullable Identity lowest(Scene scene, Operation operation) {
    for (Identity each : scene.identities()) {
      if (operation.security().stated() && !scene.allowed(operation, each, null)) {
        return each;
      }
    }
    return null;
  }

  /// Whether only those are left of whom nobody told the scopes that decide, which is told.
  private static boolean vague(Scene scene, Operation operation) {
    List<String> names = new ArrayList<>();
    for (Identity each : scene.identities()) {
      if (scene.unsure(operation, each)) {
        names.add("`" + each + "`");
      }
    }
    if (!names.isEmpty()) {
      scene.untested(
          operation,
          "which scopes "
              + String.join(", ", names)
              + (names.size() == 1 ? " has" : " have")
              + " is not known: say `scopes:` of them, `[]` for none");
    }
    return !names.isEmpty();
  }

  /// @param guess why it is not for somebody where the contract does not ask for anything
  private static void attack(
      Scene scene, Operation operation, Identity low, @Nullable String guess) {
    Draft draft = draft(scene, operation, low);
    if (draft == null) {
      return;
    }
    Answer answer = scene.send(draft);
    if (Anybody.isPage(operation, answer)) {
      scene.untested(operation, "a page is answered that the contract does not promise");
    } else if (answer.ok()) {
      tell(
          scene,
          draft,
          "permission",
          guess == null ? Confidence.PROVED : Confidence.LIKELY,
          guess == null
              ? "`"
                  + low
                  + "` has neither the scopes nor the roles, and is answered "
                  + answer.status()
              : "`" + low + "` " + guess + ", and the answer is " + answer.status(),
          answer);
    } else if (answer.status() == 401 || answer.status() == 403 || answer.status() == 404) {
      scene.withstood(operation);
      // where it is guessed, only a refusal of the caller says that the caller is asked about
      if (!operation.safe() && (guess == null || refusesCaller(answer))) {
        methods(scene, draft);
        disguised(scene, draft);
      }
    } else {
      scene.untested(operation, "a request of somebody who may not is answered " + answer.status());
    }
  }

  private static boolean refusesCaller(Answer answer) {
    return answer.status() == 401 || answer.status() == 403;
  }

  /// The same by methods that the contract does not have there, where the check may be missing.
  private static void methods(Scene scene, Draft draft) {
    Operation operation = draft.operation();
    for (String method : List.of("PUT", "POST", "PATCH")) {
      boolean declared =
          scene.contract().operations().stream()
              .anyMatch(
                  each ->
                      each.method().equals(method)
                          && each.path().text().equals(operation.path().text()));
      if (declared) {
        continue;
      }
      Answer answer = scene.send(draft.method(method));
      if (answer.ok() && !Anybody.isPage(operation, answer)) {
        tell(
            scene,
            draft,
            "method",
            Confidence.LIKELY,
            "`"
                + draft.as()
                + "` may not use it, and is answered "
                + answer.status()
                + " where it is sent as "
                + method,
            answer);
        return;
      }
    }
  }

  /// What the body says, in the address of a GET of the same path that is refused without it.
  private static void disguised(Scene scene, Draft draft) {
    Operation reading = null;
    for (Operation each : scene.contract().operations()) {
      if (each.method().equals("GET")
          && each.path().text().equals(draft.operation().path().text())) {
        reading = each;
      }
    }
    if (reading == null || draft.operation().safe() || !(draft.body() instanceof Node.Obj body)) {
      return;
    }
    Draft plain = draft.method("GET").body(null, "");
    Draft told = plain;
    for (Node.Member each : body.entries()) {
      String text = Json.scalar(each.value());
      told = text == null ? told : told.query(each.name(), text);
    }
    if (!refusesCaller(scene.send(plain))) {
      return;
    }
    Answer answer = scene.send(told);
    if (answer.ok()) {
      tell(
          scene,
          draft,
          "method",
          Confidence.LIKELY,
          "`"
              + draft.as()
              + "` may not use it, and is answered "
              + answer.status()
              + " where the body stands in the address of a GET",
          answer);
    }
  }

  private static void tell(
      Scene scene,
      Draft draft,
      String place,
      Confidence confidence,
      String message,
      Answer answer) {
    scene.found(
        new Fault(
            draft.operation(),
            place,
            draft.operation().safe() ? Severity.HIGH : Severity.CRITICAL,
            confidence,
            message,
            List.of(answer.attempt())));
  }

  /// What somebody who may would send, about an object of the low one's own, so that nothing but
  /// who
  /// sends it is wrong. Null where it could do harm.
  private static @Nullable Draft draft(Scene scene, Operation operation, Identity low) {
    List<ObjectBinding> bindings = operation.objects().list();
    boolean named =
        !bindings.isEmpty()
            && bindings.getFirst().id() != null
            && !bindings.getFirst().id().afterwards();
    if (named) {
      String type = bindings.getFirst().type().name();
      for (KnownObject each : scene.objects(type)) {
        if (each.owner().name().equals(low.name()) && scene.harmless(operation, each)) {
          return scene.honest(operation, low, each);
        }
      }
      KnownObject made = operation.safe() ? null : scene.make(type, low);
      return made == null || !scene.harmless(operation, made)
          ? null
          : scene.honest(operation, low, made);
    }
    if (!scene.harmless(operation, null)) {
      scene.untested(operation, "it changes what was there before; permit it by `--may`");
      return null;
    }
    for (Identity each : scene.identities()) {
      Draft draft = scene.allowed(operation, each, null) ? scene.honest(operation, each) : null;
      if (draft != null) {
        return draft.as(low);
      }
    }
    return scene.honest(operation, low);
  }
}
