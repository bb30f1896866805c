package dev.gatewarden.controls.probes.login;

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
import org.jspecify.annotations.Nullable;

/// Presents a refresh token and an identity token where an access token belongs.
@Attack(
    id = "token-kind",
    title = "a token of another kind opens the API",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 287,
    changes = true,
    guards = "signed-token",
    remedy = "take access tokens alone: check `typ` and `aud` (RFC 9068, section 4)")
public final class TokenKindProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    Flow.Tokens tokens = flow == null ? null : flow.granted();
    Draft door = flow == null || tokens == null ? null : flow.door(tokens);
    if (flow == null || tokens == null || door == null) {
      return;
    }
    boolean stood = opens(scene, flow, door, tokens.refresh(), "refresh token");
    stood &= opens(scene, flow, door, tokens.identity(), "identity token");
    if (stood) {
      scene.withstood(door.operation());
    }
  }

  private static boolean opens(
      Scene scene, Flow flow, Draft door, @Nullable String token, String kind) {
    Answer answer = token == null ? null : scene.send(door.as(flow.bearing(token)));
    if (answer == null || !answer.ok()) {
      return true;
    }
    scene.found(
        new Fault(
            door.operation(),
            kind,
            Severity.HIGH,
            Confidence.PROVED,
            "the API is opened by a " + kind,
            List.of(answer.attempt())));
    return false;
  }
}
