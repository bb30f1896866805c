package dev.gatewarden.controls.probes.limit;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Sends a body of several megabytes: a good one, with blanks around it.
@Attack(
    id = "body-unbounded",
    title = "bodies of several megabytes are taken",
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 770,
    changes = true,
    remedy = "refuse bodies above a bound with 413, before they are read whole")
public final class BodySizeProbe implements Probe {
  private static final int BLANKS = 3 << 20;

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      if (operation.body() == null || !scene.harmless(operation, null)) {
        continue;
      }
      Draft honest = Honest.of(scene, operation);
      if (honest == null || !Honest.json(honest) || honest.body() == null) {
        continue;
      }
      if (!scene.send(honest).ok()) {
        continue;
      }
      String text = " ".repeat(BLANKS) + Json.text(honest.body());
      Answer answer = scene.send(honest.written(text, honest.mediaType()));
      if (answer.ok()) {
        scene.found(
            new Fault(
                operation,
                "body",
                Severity.LOW,
                Confidence.PROVED,
                "a body of " + (BLANKS >> 20) + " MiB is taken",
                List.of(answer.attempt())));
      } else {
        scene.withstood(operation);
      }
      // the bound is the service's, not the operation's
      return;
    }
    scene.untested(null, "no operation takes JSON that could be made long without harm");
  }
}
