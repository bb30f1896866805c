package dev.gatewarden.controls.probes.input;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Holds honest answers against what the contract promises.
@Attack(
    id = "off-contract",
    title = "an answer is not what the contract promises",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 1059,
    guards = "response-schema",
    remedy = "mend the service or its contract; let the gate hold answers to it until then")
public final class OffContractProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Draft honest = operation.safe() ? Honest.of(scene, operation) : null;
      Answer answer = honest == null ? null : scene.send(honest);
      if (honest == null || answer == null || answer.status() == 0) {
        continue;
      }
      if (refused(answer)) {
        scene.untested(operation, "a request that should work is answered " + answer.status());
        continue;
      }
      List<String> broken = scene.breaks(operation, answer);
      if (broken.isEmpty()) {
        scene.withstood(operation);
      } else if (!scene.isFound("excess-data", operation)) {
        scene.found(
            new Fault(
                operation,
                "response " + answer.status(),
                Severity.LOW,
                Confidence.PROVED,
                String.join("; ", broken),
                List.of(answer.attempt())));
      }
    }
  }

  /// Whether it says of the caller or of the object more than of the operation: contracts seldom
  /// promise these, and the audit tells of those that do not.
  private static boolean refused(Answer answer) {
    return answer.status() >= 400 && answer.status() < 500;
  }
}
