package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Errand;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Calls the service where only its gate should reach it: from wherever this runs, nothing may
/// answer there.
@Attack(
    id = "service-reachable",
    title = "a service can be reached beside its gate",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 923,
    remedy =
        "let the service accept connections from its gate alone: by the network, or by a client"
            + " certificate that only the gate has")
public final class ServiceReachableProbe implements Probe {

  @Override
  public void run(Scene scene) {
    if (scene.behind().isEmpty()) {
      scene.untested(
          null, "nobody says where the service stands behind its gate: name it by `--behind`");
    }
    for (String address : scene.behind()) {
      attack(scene, address);
    }
  }

  private static void attack(Scene scene, String address) {
    Answer answer = scene.send(Errand.get("service", Identity.NOBODY, address));
    if (answer.status() == 0) {
      scene.withstood(null);
      return;
    }
    boolean closed = answer.status() == 401 || answer.status() == 403;
    scene.found(
        new Fault(
            null,
            address,
            closed ? Severity.MEDIUM : Severity.HIGH,
            Confidence.PROVED,
            "`" + address + "` answers " + answer.status() + " to whoever asks from here",
            List.of(answer.attempt())));
  }
}
