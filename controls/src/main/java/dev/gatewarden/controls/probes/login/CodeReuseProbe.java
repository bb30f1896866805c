package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.Map;

/// Redeems a code twice, and as another client (RFC 6749, section 10.5).
@Attack(
    id = "code-reuse",
    title = "a code is good for more than it was given for",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 294,
    changes = true,
    remedy = "let each code be redeemed once, by the client that it was given to")
public final class CodeReuseProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    String code = flow == null ? null : flow.code();
    if (flow == null || code == null) {
      return;
    }
    boolean stood = true;
    Answer first = flow.redeem(code, Map.of());
    Answer second = flow.redeem(code, Map.of());
    if (Flow.tokens(first) == null) {
      scene.untested(null, "a good code is answered " + first.status());
      return;
    }
    if (Flow.tokens(second) != null) {
      stood = false;
      flow.found(
          "POST",
          flow.oauth().token(),
          "body#/code",
          Severity.HIGH,
          "a code is redeemed twice",
          first,
          second);
    }
    String other = flow.otherClient();
    String another = other == null ? null : flow.code();
    if (other == null || another == null) {
      scene.untested(null, "no second client is named in `oauth`");
      return;
    }
    Answer foreign = flow.by(other).redeem(another, Map.of("redirect_uri", flow.redirect()));
    if (Flow.tokens(foreign) != null) {
      stood = false;
      flow.found(
          "POST",
          flow.oauth().token(),
          "body#/client_id",
          Severity.HIGH,
          "`" + other + "` redeems a code that `" + flow.client() + "` was given",
          foreign);
    }
    if (stood) {
      flow.withstood("POST", flow.oauth().token());
    }
  }
}
