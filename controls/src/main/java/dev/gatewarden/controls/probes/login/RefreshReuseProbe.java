package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;

/// Uses the refresh token of a public client twice (RFC 9700, section 4.14).
@Attack(
    id = "refresh-reuse",
    title = "a refresh token is good more than once",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 294,
    changes = true,
    remedy =
        "give a new refresh token with each use, and end its family when an old one comes back")
public final class RefreshReuseProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    Flow.Tokens tokens = flow == null ? null : flow.granted();
    if (flow == null || tokens == null) {
      return;
    }
    String refresh = tokens.refresh();
    if (refresh == null) {
      scene.untested(null, "the flow gives no refresh token");
      return;
    }
    if (!flow.registered().isPublic()) {
      scene.untested(
          null, "only confidential clients are named in `oauth`, whose refresh tokens may live");
      return;
    }
    Answer first = flow.refresh(refresh);
    Answer second = flow.refresh(refresh);
    if (Flow.tokens(first) == null) {
      scene.untested(null, "a good refresh token is answered " + first.status());
    } else if (Flow.tokens(second) != null) {
      flow.found(
          "POST",
          flow.oauth().token(),
          "body#/refresh_token",
          Severity.MEDIUM,
          "a refresh token is taken a second time",
          first,
          second);
    } else {
      flow.withstood("POST", flow.oauth().token());
    }
  }
}
