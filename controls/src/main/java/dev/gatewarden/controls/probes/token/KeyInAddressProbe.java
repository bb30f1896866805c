package dev.gatewarden.controls.probes.token;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Presents a key in the address, where histories and logs keep it.
@Attack(
    id = "key-in-address",
    title = "a credential may stand in the address",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 598,
    guards = "credential-in-url",
    remedy = "take credentials from their header alone")
public final class KeyInAddressProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Identity each : scene.identities()) {
      Presented presented =
          each.presents().stream()
              .filter(
                  one ->
                      one.where() == Identity.Where.COOKIE
                          || (one.where() == Identity.Where.HEADER
                              && !one.prefix().startsWith("Basic")))
              .findFirst()
              .orElse(null);
      Draft honest = presented == null ? null : Honest.closed(scene, each);
      if (presented != null && honest != null) {
        attack(scene, honest, presented);
        return;
      }
    }
  }

  private static void attack(Scene scene, Draft honest, Presented presented) {
    List<String> names =
        new ArrayList<>(List.of("access_token", "api_key", "apikey", "key", "token"));
    if (!presented.name().equalsIgnoreCase("authorization")) {
      names.addFirst(presented.name());
      names.addFirst(presented.name().toLowerCase(Locale.ROOT));
      names.addFirst(
          presented.name().toLowerCase(Locale.ROOT).replaceFirst("^x-", "").replace('-', '_'));
    }
    for (String name : new java.util.LinkedHashSet<>(names)) {
      Identity other =
          honest
              .as()
              .presenting(
                  honest.as().name(),
                  List.of(new Presented(Identity.Where.QUERY, name, "", presented.secret())));
      Answer answer = scene.send(honest.as(other));
      if (answer.ok()) {
        scene.found(
            new Fault(
                honest.operation(),
                "query." + name,
                Severity.MEDIUM,
                Confidence.PROVED,
                "a credential is taken from `" + name + "` of the address",
                List.of(answer.attempt())));
        return;
      }
    }
    scene.withstood(honest.operation());
  }
}
