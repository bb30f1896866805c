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
import java.util.ArrayList;
import java.util.List;

/// Sends bodies under a type that the contract does not have.
///
/// What is taken whatever it is called, is taken from a form on another website as well: such a
/// request needs nobody's leave. A text that is no JSON is sent as well: a service that answers it
/// alike does not read such bodies at all.
@Attack(
    id = "content-type",
    title = "a body is taken under any content type",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 436,
    changes = true,
    remedy = "refuse types that the contract does not name with 415")
public final class ContentTypeProbe implements Probe {

  @Override
  public void run(Scene scene) {
    List<Operation> taking = new ArrayList<>();
    List<Integer> attempts = new ArrayList<>();
    try {
      attack(scene, taking, attempts);
    } finally {
      if (!taking.isEmpty()) {
        tell(scene, taking, attempts);
      }
    }
  }

  /// Who reads bodies for all operations reads them alike: it is told once.
  private static void tell(Scene scene, List<Operation> taking, List<Integer> attempts) {
    int others = taking.size() - 1;
    scene.found(
        new Fault(
            taking.getFirst(),
            "content-type",
            Severity.MEDIUM,
            Confidence.PROVED,
            "JSON that is called `text/plain` is taken"
                + (others == 0
                    ? ""
                    : ", here and in "
                        + others
                        + (others == 1 ? " more operation" : " more operations")),
            attempts));
  }

  private static void attack(Scene scene, List<Operation> taking, List<Integer> attempts) {
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
      Draft noise = honest.written("probe", "text/plain");
      KnownObject made = creates(operation) ? scene.make(operation, odd) : null;
      Answer answer = creates(operation) ? null : scene.send(odd);
      boolean read =
          creates(operation)
              ? made != null && scene.make(operation, noise) == null
              : answer != null && answer.ok() && !scene.send(noise).ok();
      if (read) {
        taking.add(operation);
        if (answer != null && attempts.isEmpty()) {
          attempts.add(answer.attempt());
        }
      } else {
        scene.withstood(operation);
      }
    }
  }

  private static boolean creates(Operation operation) {
    return operation.objects().list().stream().anyMatch(each -> each.does() == Does.CREATE);
  }
}
