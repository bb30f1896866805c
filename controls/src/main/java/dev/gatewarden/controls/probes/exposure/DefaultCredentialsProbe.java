package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Tries the accounts that software comes with, on the tester's own hosts: a short list, once each.
@Attack(
    id = "default-credentials",
    title = "an account that the software came with is still there",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1392,
    remedy = "have such accounts changed or taken away before the service starts")
public final class DefaultCredentialsProbe implements Probe {
  private static final List<String> PAIRS =
      List.of("admin:admin", "admin:password", "root:root", "test:test", "guest:guest");

  @Override
  public void run(Scene scene) {
    for (Identity each : scene.identities()) {
      for (Presented presented : each.presents()) {
        if (presented.prefix().startsWith("Basic")) {
          attack(scene, each, presented);
          return;
        }
      }
    }
  }

  private static void attack(Scene scene, Identity identity, Presented presented) {
    Draft door = Honest.closed(scene, identity);
    if (door == null) {
      return;
    }
    for (String pair : PAIRS) {
      String coded =
          java.util.Base64.getEncoder()
              .encodeToString(pair.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      Identity other =
          identity.presenting(
              "default " + pair.replace(':', ' '),
              List.of(
                  new Presented(presented.where(), presented.name(), presented.prefix(), coded)));
      Answer answer = scene.send(door.as(other));
      if (answer.ok()) {
        scene.found(
            new Fault(
                door.operation(),
                "account",
                Severity.CRITICAL,
                Confidence.PROVED,
                "`"
                    + pair.substring(0, pair.indexOf(':'))
                    + "` is let in by a password from every"
                    + " list",
                List.of(answer.attempt())));
        return;
      }
    }
    scene.withstood(door.operation());
  }
}
