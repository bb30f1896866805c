package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashMap;
import java.util.Map;

/// Revokes an access token and uses it.
@Attack(
    id = "revoked-token",
    title = "a token lives on after it was revoked",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 613,
    changes = true,
    remedy = "deny tokens that were revoked (RFC 7009), or let them live for minutes")
public final class RevokedTokenProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    OAuth.Endpoint revoke = flow == null ? null : flow.oauth().revoke();
    Flow.Tokens tokens = flow == null || revoke == null ? null : flow.granted();
    Draft door = flow == null || tokens == null ? null : flow.door(tokens);
    if (flow == null || revoke == null || tokens == null || door == null) {
      return;
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("token", tokens.access());
    form.put("token_type_hint", "access_token");
    Answer revoked = flow.post(revoke, form, Proof.of(flow));
    if (!revoked.ok()) {
      scene.untested(null, "the revocation is answered " + revoked.status());
      return;
    }
    Answer answer = scene.send(door);
    if (answer.ok()) {
      flow.found(
          "POST",
          revoke,
          "body#/token",
          Severity.MEDIUM,
          "an access token still opens the API after it was revoked",
          revoked,
          answer);
    } else {
      flow.withstood("POST", revoke);
    }
  }
}
