package dev.gatewarden.controls.probes.account;

import dev.gatewarden.controls.probes.Leaks;
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
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Registers two accounts, and lets the one change the password, the data and the existence of the
/// other.
///
/// What became of it is seen by a login, or by what the other one reads. Nobody is touched but
/// accounts that were made for it.
@Attack(
    id = "foreign-account",
    title = "somebody else's account can be changed",
    threat = Threat.API1_OBJECT_AUTHORIZATION,
    cwe = 639,
    remedy = "take whose account is meant from the credential, never from the path or the body",
    guards = "object-owner",
    changes = true)
public final class ForeignAccountProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Newcomer victim = Newcomer.of(scene, Map.of());
    Newcomer other = victim == null ? null : Newcomer.of(scene, Map.of());
    if (victim == null || other == null) {
      return;
    }
    for (Operation operation : scene.operations()) {
      if (List.of("PUT", "PATCH", "POST").contains(operation.method())
          && names(operation, victim)) {
        Newcomer next = write(scene, operation, victim, other);
        if (next == null) {
          return;
        }
        victim = next;
      }
    }
    for (Operation operation : scene.operations()) {
      if (operation.method().equals("DELETE")
          && !operation.path().variables().isEmpty()
          && names(operation, victim)) {
        delete(scene, operation, victim, other);
      }
    }
  }

  /// Whether an operation says whose account is meant, by its path or by a member of its body.
  private static boolean names(Operation operation, Newcomer newcomer) {
    List<String> variables = operation.path().variables();
    boolean path =
        !variables.isEmpty()
            && variables.stream().allMatch(each -> newcomer.named(operation, each) != null);
    // who asks nobody for a credential has another proof, such as a code that was mailed
    boolean body =
        variables.isEmpty()
            && asks(operation)
            && Newcomer.asked(operation).keySet().stream()
                .anyMatch(each -> RaisedRightsProbe.person(each, newcomer));
    return operation != newcomer.registration()
        && operation != newcomer.entrance().operation()
        && (path || body);
  }

  private static boolean asks(Operation operation) {
    return operation.security().stated() && !operation.security().admitsAnonymous();
  }

  /// The member that sets a password; empty where none does.
  private static String secret(Operation operation) {
    return Newcomer.asked(operation).keySet().stream()
        .filter(
            each -> each.toLowerCase(Locale.ROOT).matches("(new_?)?(password|passwd|pwd)(_?new)?"))
        .findFirst()
        .orElse("");
  }

  /// The victim as it is now; null where no further one can be made.
  private static @Nullable Newcomer write(
      Scene scene, Operation operation, Newcomer victim, Newcomer other) {
    Draft draft = RaisedRightsProbe.own(scene, operation, victim);
    if (draft == null || !(draft.body() instanceof Obj body)) {
      return victim;
    }
    draft = draft.as(other.as());
    String password = "Bb2?" + scene.marker() + scene.marker();
    String secret = secret(operation);
    if (!secret.isEmpty()) {
      draft = draft.member(List.of(secret), Json.of(password));
    }
    Answer answer = scene.send(draft);
    if (!answer.ok()) {
      scene.withstood(operation);
      return victim;
    }
    if (!secret.isEmpty() && victim.opens(scene, password)) {
      tell(
          scene,
          operation,
          Severity.CRITICAL,
          "one account sets the password of another, which then logs in with it",
          List.of(answer.attempt(), answer.attempt() + 1));
      return Newcomer.of(scene, Map.of());
    }
    Answer shown = shown(scene, operation, victim, draft, body);
    if (shown != null) {
      tell(
          scene,
          operation,
          Severity.HIGH,
          "what one account writes stands in another, which reads it",
          List.of(answer.attempt(), shown.attempt()));
    } else {
      scene.withstood(operation);
    }
    return victim;
  }

  /// An answer to the victim that holds what was written; null where none does.
  private static @Nullable Answer shown(
      Scene scene, Operation operation, Newcomer victim, Draft draft, Obj body) {
    for (Operation each : scene.operations()) {
      boolean near =
          each.safe()
              && operation.path().text().startsWith(each.path().text())
              && each.path().text().length() > 1
              && each.path().variables().stream().allMatch(one -> victim.named(each, one) != null);
      if (!near) {
        continue;
      }
      Draft read = Draft.of(each, victim.as());
      for (String variable : each.path().variables()) {
        read = read.path(variable, String.valueOf(victim.named(each, variable)));
      }
      if (each.path().variables().isEmpty()
          && !each.path().text().equals(operation.path().text())) {
        continue;
      }
      Answer answer = scene.send(read);
      for (Node.Member member : body.entries()) {
        String written = Json.scalar(Json.at(draft.body(), List.of(member.name())));
        if (answer.ok()
            && written != null
            && written.contains("probe")
            && !written.equals(victim.user())
            && Leaks.holds(answer.json(), written)) {
          return answer;
        }
      }
    }
    return null;
  }

  private static void delete(Scene scene, Operation operation, Newcomer victim, Newcomer other) {
    if (!victim.opens(scene, victim.secret())) {
      return;
    }
    Draft draft = Draft.of(operation, other.as());
    for (String variable : operation.path().variables()) {
      draft = draft.path(variable, String.valueOf(victim.named(operation, variable)));
    }
    Answer answer = scene.send(draft);
    if (answer.ok() && victim.isShut(scene)) {
      tell(
          scene,
          operation,
          Severity.HIGH,
          "one account deletes another, which cannot log in any more",
          List.of(answer.attempt(), answer.attempt() + 1));
    } else {
      scene.withstood(operation);
    }
  }

  private static void tell(
      Scene scene, Operation operation, Severity severity, String message, List<Integer> attempts) {
    scene.found(new Fault(operation, "account", severity, Confidence.PROVED, message, attempts));
  }
}
