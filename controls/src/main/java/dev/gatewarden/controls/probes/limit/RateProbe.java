package dev.gatewarden.controls.probes.limit;

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
import java.util.Locale;

/// Calls operations whose contract promises a limit (429) until they refuse, or until it is plain
/// that they do not.
@Attack(
    id = "rate-unlimited",
    title = "a limit that the contract promises is not there",
    threat = Threat.API4_RESOURCE_CONSUMPTION,
    cwe = 799,
    changes = true,
    guards = "principal-limit",
    remedy = "limit the operation by who calls it")
public final class RateProbe implements Probe {
  private static final int TRIES = 30;

  @Override
  public void run(Scene scene) {
    boolean everywhere =
        scene.operations().stream()
            .allMatch(each -> each.responses().byStatus().containsKey("429"));
    if (everywhere) {
      scene.untested(null, "the contract promises 429 everywhere, and not at what rate");
      return;
    }
    for (Operation operation : scene.operations()) {
      boolean promised = operation.responses().byStatus().containsKey("429");
      if (!promised || !scene.harmless(operation, null) || !operation.objects().list().isEmpty()) {
        continue;
      }
      Draft honest = Honest.of(scene, operation);
      if (honest != null && !login(operation) && !scene.isFound("mail-flood", operation)) {
        attack(scene, honest);
      }
    }
  }

  private static boolean login(Operation operation) {
    return operation.path().text().toLowerCase(Locale.ROOT).contains("login");
  }

  private static void attack(Scene scene, Draft honest) {
    Answer last = scene.send(honest);
    if (!last.ok()) {
      scene.untested(honest.operation(), "an honest request is answered " + last.status());
      return;
    }
    for (int i = 1; i < TRIES; i++) {
      last = scene.send(honest);
      if (last.status() == 429 || last.status() == 503) {
        scene.withstood(honest.operation());
        return;
      }
    }
    if (last.headers().stream().anyMatch(each -> each.name().startsWith("ratelimit"))
        || last.header("x-ratelimit-limit") != null) {
      scene.withstood(honest.operation());
      return;
    }
    scene.found(
        new Fault(
            honest.operation(),
            "rate",
            Severity.LOW,
            Confidence.LIKELY,
            TRIES + " requests in a row are answered, and 429 is promised",
            List.of(last.attempt())));
  }
}
