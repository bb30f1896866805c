package dev.gatewarden.controls.probes.input;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Sends bodies under a type that the contract does not have.
///
/// What is taken whatever it is called, is taken from a form on another website as well: such a
/// request needs nobody's leave.
@Attack(
    id = "content-type",
    title = "a body is taken under any content type",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 436,
    remedy = "refuse types that the contract does not name with 415")
public final class ContentTypeProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (operation.body() == null
          || operation.body().content().of("text/plain") != null
          || !scene.harmless(operation, null)) {
        continue;
      }
      Draft honest = Honest.of(scene, operation);
      if (honest == null || !Honest.json(honest)) {
        continue;
      }
      if (!creates(operation) && !scene.send(honest).ok()) {
        continue;
      }
      Draft odd = honest.header("Content-Type", "text/plain");
      KnownObject made = creates(operation) ? scene.make(operation, odd) : null;
      Answer answer = creates(operation) ? null : scene.send(odd);
      if (made != null || (answer != null && answer.ok())) {
        scene.found(
            new Fault(
                operation,
                "content-type",
                Severity.MEDIUM,
                Confidence.PROVED,
                "JSON that is called `text/plain` is taken",
                answer == null ? List.of() : List.of(answer.attempt())));
      } else {
        scene.withstood(operation);
      }
    }
  }

  private static boolean creates(Operation operation) {
    return operation.objects().list().stream().anyMatch(each -> each.does() == Does.CREATE);
  }
}
