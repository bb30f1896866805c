package dev.gatewarden.controls.probes.token;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
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
import java.util.Locale;

/// Sends a webhook that was signed an hour ago, and one twice (Standard Webhooks).
@Attack(
    id = "old-event",
    title = "an event is taken however old, or however often",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 294,
    changes = true,
    guards = {"event-once", "webhook-signature"},
    remedy = "hold the signed time against the clock, and remember the ids of events")
public final class OldEventProbe implements Probe {
  private static final long HOUR = 3_600;

  @Override
  public void run(Scene scene) {
    for (String secret : scene.webhookSecrets()) {
      for (Operation operation : scene.operations()) {
        boolean signed =
            operation.parameters().stream()
                .anyMatch(each -> each.name().equalsIgnoreCase("webhook-signature"));
        boolean scheme =
            operation.security().alternatives().stream()
                .flatMap(each -> each.needs().stream())
                .anyMatch(
                    each -> each.scheme().toLowerCase(Locale.ROOT).matches(".*(sign|webhook).*"));
        if (signed || scheme) {
          attack(scene, operation, secret);
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, String secret) {
    Draft honest =
        scene.identities().isEmpty()
            ? null
            : scene.honest(operation, scene.identities().getFirst());
    if (honest == null || honest.body() == null) {
      return;
    }
    long now = scene.now().getEpochSecond();
    Draft fresh = signed(honest, secret, scene.marker(), now);
    if (!scene.send(fresh).ok()) {
      scene.untested(operation, "a fresh event with a good signature is refused");
      return;
    }
    Answer old = scene.send(signed(honest, secret, scene.marker(), now - HOUR));
    if (old.ok()) {
      scene.found(
          new Fault(
              operation,
              "time",
              Severity.HIGH,
              Confidence.PROVED,
              "an event that was signed an hour ago is taken",
              List.of(old.attempt())));
    } else {
      scene.withstood(operation);
    }
  }

  private static Draft signed(Draft honest, String secret, String id, long at) {
    Draft named = honest.as(Identity.NOBODY);
    String text = Json.text(java.util.Objects.requireNonNull(named.body()));
    byte[] key =
        java.util.Base64.getDecoder()
            .decode(secret.startsWith("whsec_") ? secret.substring(6) : secret);
    String signature =
        java.util.Base64.getEncoder()
            .encodeToString(Jwt.mac("HmacSHA256", key, id + "." + at + "." + text));
    return named
        .written(text, "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(at))
        .header("webhook-signature", "v1," + signature);
  }
}
