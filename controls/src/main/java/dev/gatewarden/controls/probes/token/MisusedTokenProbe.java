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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Presents tokens under a good signature that say something wrong (RFC 8725, RFC 9068).
///
/// It needs somebody who signs for testers: `mint` of the identities.
@Attack(
    id = "misused-token",
    title = "a token is believed that was not made for this, now",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 613,
    changes = true,
    guards = "signed-token",
    remedy = "check expiry, audience, issuer and type of every token")
public final class MisusedTokenProbe implements Probe {
  private static final long DAY = 86_400;

  @Override
  public void run(Scene scene) {
    String good = scene.mint(Map.of());
    if (good == null) {
      scene.untested(null, "nobody signs tokens for testers: name `mint` in the identities");
      return;
    }
    for (Identity each : scene.identities()) {
      Draft honest = bearer(each) ? Honest.closed(scene, each) : null;
      if (honest != null) {
        attack(scene, honest, good);
        return;
      }
    }
    scene.untested(
        null, "no operation was found that a token opens and that does not open without");
  }

  private static boolean bearer(Identity identity) {
    return identity.presents().stream().anyMatch(each -> each.prefix().startsWith("Bearer"));
  }

  private static void attack(Scene scene, Draft honest, String good) {
    if (!knock(scene, honest, good).ok()) {
      scene.untested(honest.operation(), "a token that was signed for testers does not open it");
      return;
    }
    long now = scene.now().getEpochSecond();
    boolean stood = one(scene, honest, "exp", Map.of("exp", now - DAY), "has expired a day ago");
    stood &= one(scene, honest, "nbf", Map.of("nbf", now + DAY), "is not good before tomorrow");
    stood &=
        one(scene, honest, "aud", Map.of("aud", "https://elsewhere.example"), "is for another API");
    stood &=
        one(
            scene,
            honest,
            "iss",
            Map.of("iss", "https://elsewhere.example"),
            "is of another issuer");
    if (stood) {
      scene.withstood(honest.operation());
    }
  }

  private static boolean one(
      Scene scene, Draft honest, String claim, Map<String, Object> claims, String what) {
    String token = scene.mint(new HashMap<>(claims));
    Answer answer = token == null ? null : knock(scene, honest, token);
    if (answer == null || !answer.ok()) {
      return true;
    }
    scene.found(
        new Fault(
            honest.operation(),
            claim,
            Severity.HIGH,
            Confidence.PROVED,
            "a token is believed that " + what,
            List.of(answer.attempt())));
    return false;
  }

  private static Answer knock(Scene scene, Draft honest, String token) {
    return scene.send(
        honest.as(
            honest
                .as()
                .presenting(
                    honest.as().name() + ", minted",
                    List.of(
                        new Presented(Identity.Where.HEADER, "Authorization", "Bearer ", token)))));
  }
}
