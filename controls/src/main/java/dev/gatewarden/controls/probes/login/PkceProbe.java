package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.Map;

/// Does without PKCE, weakens it, and redeems a code with another verifier (RFC 7636, RFC 9700,
/// section 2.1.1).
@Attack(
    id = "pkce",
    title = "a stolen code can be redeemed",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 287,
    changes = true,
    remedy = "insist on `code_challenge` with S256, and hold it against `code_verifier`")
public final class PkceProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    String code = flow == null ? null : flow.code();
    if (flow == null || code == null) {
      return;
    }
    Answer wrong = flow.redeem(code, Map.of("code_verifier", Flow.verifier(scene)));
    String again = Flow.tokens(wrong) == null ? flow.code() : null;
    Answer none = again == null ? wrong : flow.redeem(again, Map.of("code_verifier", ""));
    if (Flow.tokens(none) != null) {
      flow.found(
          "POST",
          flow.oauth().token(),
          "body#/code_verifier",
          Severity.HIGH,
          "a code is redeemed with a verifier that was never its own",
          none);
      return;
    }
    flow.withstood("POST", flow.oauth().token());
    Answer without = flow.authorize(Map.of("code_challenge", "", "code_challenge_method", ""));
    // a confidential client has proved itself by other means
    if (flow.registered().isPublic() && Flow.code(without) != null) {
      flow.found(
          "GET",
          flow.oauth().authorize(),
          "query.code_challenge",
          Severity.MEDIUM,
          "a public client is given a code without `code_challenge`",
          without);
      return;
    }
    Answer plain =
        flow.authorize(Map.of("code_challenge", flow.verifier(), "code_challenge_method", "plain"));
    if (Flow.code(plain) != null) {
      flow.found(
          "GET",
          flow.oauth().authorize(),
          "query.code_challenge_method",
          Severity.LOW,
          "a challenge that is the verifier itself, `plain`, is taken",
          plain);
      return;
    }
    flow.withstood("GET", flow.oauth().authorize());
  }
}
