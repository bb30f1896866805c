package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tries the implicit grant, which puts tokens into addresses, and the password grant, which hands
/// passwords to clients.
@Attack(
    id = "old-grant",
    title = "a grant is served that is given up",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 522,
    changes = true,
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
    Identity.Login login = flow.who().login();
    Answer password =
        login == null ? null : flow.post(flow.oauth().token(), form(login), Proof.of(flow));
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
      flow.withstood("GET", flow.oauth().authorize());
      flow.withstood("POST", flow.oauth().token());
    }
  }

  /// The password grant of somebody (RFC 6749, section 4.3.2).
  static Map<String, String> form(Identity.Login login) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "password");
    form.put("username", login.members().getOrDefault(login.user(), ""));
    form.put("password", login.members().getOrDefault(login.secret(), ""));
    return form;
  }
}
