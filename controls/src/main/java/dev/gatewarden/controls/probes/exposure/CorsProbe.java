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

/// Asks as a page of another website would, and as one without an origin.
@Attack(
    id = "cors",
    title = "other websites may read answers with the caller's credentials",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 942,
    guards = "cors",
    remedy = "name the origins that may, one by one, and never `null`")
public final class CorsProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Draft honest = operation.safe() ? Honest.of(scene, operation) : null;
      if (honest == null) {
        continue;
      }
      boolean stood = true;
      for (String origin : List.of("https://evil.example", "null")) {
        Answer answer = scene.send(honest.header("Origin", origin));
        String let = answer.header("access-control-allow-origin");
        boolean credentials = "true".equals(answer.header("access-control-allow-credentials"));
        if (origin.equals(let) && credentials) {
          stood = false;
          scene.found(
              new Fault(
                  operation,
                  "origin " + origin,
                  Severity.HIGH,
                  Confidence.PROVED,
                  "a page of `" + origin + "` may read it, with the caller's credentials",
                  List.of(answer.attempt())));
          // whoever is let in by any name is let in by none
          break;
        }
      }
      if (stood) {
        scene.withstood(operation);
      }
      // it is set for the API as a whole
      return;
    }
  }
}
