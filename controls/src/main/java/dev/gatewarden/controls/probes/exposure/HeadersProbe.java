package dev.gatewarden.controls.probes.exposure;

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

/// Looks for the headers that keep browsers from doing harm with an answer.
@Attack(
    id = "security-headers",
    title = "answers lack headers that protect browsers",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 693,
    guards = "security-headers",
    remedy =
        "answer with `X-Content-Type-Options: nosniff`; over TLS, with `Strict-Transport-Security`")
public final class HeadersProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Draft honest = operation.safe() ? Honest.of(scene, operation) : null;
      Answer answer = honest == null ? null : scene.send(honest);
      if (answer == null || !answer.ok()) {
        continue;
      }
      if (!"nosniff".equalsIgnoreCase(answer.header("x-content-type-options"))) {
        scene.found(
            new Fault(
                operation,
                "headers",
                Severity.LOW,
                Confidence.PROVED,
                "answers have no `X-Content-Type-Options: nosniff`",
                List.of(answer.attempt())));
      } else {
        scene.withstood(operation);
      }
      return;
    }
  }
}
