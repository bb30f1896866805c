package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.Map;

/// Tries the implicit grant, which puts tokens into addresses, and the password grant, which hands
/// passwords to clients.
@Attack(
    id = "old-grant",
    title = "a grant is served that is given up",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 522,
    remedy = "serve the authorization code with PKCE alone (RFC 9700, section 2)")
public final class OldGrantProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    if (flow == null) {
      return;
    }
    boolean stood = true;
    Answer implicit = flow.authorize(Map.of("response_type", "token"));
    if (Flow.given(implicit, "access_token") != null) {
      stood = false;
      flow.found(
          "GET",
          flow.oauth().authorize(),
          "query.response_type",
          Severity.MEDIUM,
          "`response_type=token` is answered with a token in the address",
          implicit);
    }
    Entrance entrance = Entrance.of(scene, flow.who());
    Answer password = entrance == null ? null : flow.token(form(flow, entrance));
    if (password != null && Flow.tokens(password) != null) {
      stood = false;
      flow.found(
          "POST",
          flow.oauth().token(),
          "body#/grant_type",
          Severity.MEDIUM,
          "`grant_type=password` is answered with a token",
          password);
    }
    if (stood) {
      flow.withstood("POST", flow.oauth().token());
    }
  }

  private static Map<String, String> form(Flow flow, Entrance entrance) {
    Map<String, String> members = entrance.login().members();
    return Map.of(
        "grant_type",
        "password",
        "client_id",
        flow.client(),
        "username",
        members.getOrDefault(entrance.user(), ""),
        "password",
        members.getOrDefault(entrance.secret(), ""));
  }
}
