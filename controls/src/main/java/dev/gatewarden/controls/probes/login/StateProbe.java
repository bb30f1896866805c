package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.Map;

/// Asks for a code without `state` (RFC 6749, section 10.12).
///
/// What else may stand in its place, PKCE, is the business of each client; the server that insists
/// on `state` guards those that forgot.
@Attack(
    id = "missing-state",
    title = "a code is given to a request without a state",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 352,
    changes = true,
    remedy = "ask for `state`, so that a client can tell its own flow from one that was slipped in")
public final class StateProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    String code = flow == null ? null : flow.code();
    if (flow == null || code == null) {
      return;
    }
    Answer answer = flow.authorize(Map.of("state", ""));
    if (Flow.code(answer) != null) {
      flow.found(
          "GET",
          flow.oauth().authorize(),
          "query.state",
          Severity.LOW,
          "a request without `state` is given a code",
          answer);
    } else {
      flow.withstood("GET", flow.oauth().authorize());
    }
  }
}
