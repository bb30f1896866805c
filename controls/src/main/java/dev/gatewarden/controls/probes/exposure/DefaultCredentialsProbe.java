package dev.gatewarden.controls.probes.exposure;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.controls.probes.login.Entrance;
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
import java.util.Map;

/// Tries the accounts that software comes with, on the tester's own hosts: a short list, once each.
@Attack(
    id = "default-credentials",
    title = "an account that the software came with is still there",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 1392,
    changes = true,
    remedy = "have such accounts changed or taken away before the service starts")
public final class DefaultCredentialsProbe implements Probe {
  private static final List<String> PAIRS =
      List.of("admin:admin", "admin:password", "root:root", "test:test", "guest:guest");

  @Override
  public void run(Scene scene) {
    login(scene);
    for (Identity each : scene.identities()) {
      for (Presented presented : each.presents()) {
        if (presented.prefix().startsWith("Basic")) {
          attack(scene, each, presented);
          return;
        }
      }
    }
  }

  /// By a login that the contract names.
  private static void login(Scene scene) {
    Entrance entrance = null;
    for (Identity each : scene.identities()) {
      entrance = entrance == null ? Entrance.of(scene, each) : entrance;
    }
    if (entrance == null || entrance.user().isEmpty() || entrance.secret().isEmpty()) {
      return;
    }
    Answer good = scene.send(entrance.draft());
    String stranger = scene.marker();
    Answer bad =
        scene.send(entrance.draft(Map.of(entrance.user(), stranger, entrance.secret(), stranger)));
    if (good.status() >= 400 || lets(good, bad)) {
      scene.untested(entrance.operation(), "a failed login looks like one that works");
      return;
    }
    for (String pair : PAIRS) {
      int colon = pair.indexOf(':');
      Answer answer =
          scene.send(
              entrance.draft(
                  Map.of(
                      entrance.user(),
                      pair.substring(0, colon),
                      entrance.secret(),
                      pair.substring(colon + 1))));
      if (lets(good, answer)) {
        scene.found(
            new Fault(
                entrance.operation(),
                "account",
                Severity.CRITICAL,
                Confidence.PROVED,
                "`" + pair.substring(0, colon) + "` is let in by a password from every list",
                List.of(answer.attempt())));
        return;
      }
    }
    scene.withstood(entrance.operation());
  }

  private static boolean lets(Answer good, Answer answer) {
    return answer.status() == good.status()
        && (good.header("set-cookie") == null || answer.header("set-cookie") != null);
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
