package dev.gatewarden.controls.probes.bfla;

import dev.gatewarden.controls.probes.Anybody;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
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
import org.jspecify.annotations.Nullable;

/// Calls every operation that asks for a credential without one.
@Attack(
    id = "no-credential",
    title = "an operation can be used without a credential",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 306,
    changes = true,
    guards = {"signed-token", "api-key", "client-certificate", "browser-session"},
    remedy = "let the service, or the gate before it, ask for what the contract's `security` names")
public final class NoCredentialProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (operation.security().stated()
          && !scene.allowed(operation, Identity.NOBODY, null)
          && scene.harmless(operation, null)) {
        attack(scene, operation);
      }
    }
  }

  private static void attack(Scene scene, Operation operation) {
    Draft honest = honest(scene, operation);
    if (honest == null) {
      return;
    }
    Answer answer = scene.send(honest.as(Identity.NOBODY));
    if (!answer.ok()) {
      refused(scene, operation, answer);
      return;
    }
    if (Anybody.isPage(operation, answer)) {
      scene.untested(operation, "a page is answered that the contract does not promise");
      return;
    }
    Answer own = operation.safe() ? scene.send(honest) : null;
    boolean shown = own != null && own.ok() && answer.body().length > 0;
    scene.found(
        new Fault(
            operation,
            "credential",
            operation.safe() ? Severity.HIGH : Severity.CRITICAL,
            shown ? Confidence.PROVED : Confidence.LIKELY,
            "whoever presents nothing is answered "
                + answer.status()
                + (own != null && answer.sameAs(own) ? ", with all that a caller gets" : ""),
            List.of(answer.attempt())));
  }

  private static void refused(Scene scene, Operation operation, Answer answer) {
    if (answer.refusesWithin()) {
      scene.withstood(operation);
      return;
    }
    switch (answer.status()) {
      case 401, 403, 404 -> scene.withstood(operation);
      case 0 -> scene.untested(operation, "it does not answer");
      default ->
          scene.untested(operation, "a request without credential is answered " + answer.status());
    }
  }

  private static @Nullable Draft honest(Scene scene, Operation operation) {
    for (Identity each : scene.identities()) {
      if (scene.allowed(operation, each, null)) {
        Draft draft = scene.honest(operation, each);
        if (draft != null) {
          return draft;
        }
      }
    }
    return scene.identities().isEmpty()
        ? null
        : scene.honest(operation, scene.identities().getFirst());
  }
}
