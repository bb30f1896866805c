package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.Map;

/// Redeems a code as a confidential client that proves itself by nothing, and by a wrong secret
/// (RFC 6749, section 3.2.1).
///
/// It needs a client of the section `oauth` that has a `secret` or a `key`.
@Attack(
    id = "client-proof",
    title = "a client need not prove who it is",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 287,
    changes = true,
    remedy = "let every client that was given a secret or a key prove it at the token endpoint")
public final class ClientProofProbe implements Probe {

  @Override
  public void run(Scene scene) {
    OAuth oauth = scene.oauth();
    String client = "";
    for (Map.Entry<String, OAuth.Client> each :
        oauth == null ? Map.<String, OAuth.Client>of().entrySet() : oauth.clients().entrySet()) {
      client = client.isEmpty() && !each.getValue().isPublic() ? each.getKey() : client;
    }
    Flow any = client.isEmpty() ? null : Flow.of(scene);
    if (any == null) {
      return;
    }
    Flow flow = any.by(client);
    String code = flow.code();
    Answer honest = code == null ? null : flow.redeem(code, Map.of());
    if (honest == null || Flow.tokens(honest) == null) {
      scene.untested(null, "the token endpoint does not take `" + client + "` as it proves itself");
      return;
    }
    if (!takes(flow, Proof.id(client), "by nothing")
        && !takes(flow, Proof.wrong(flow), "by a wrong secret")) {
      flow.withstood("POST", flow.oauth().token());
    }
  }

  private static boolean takes(Flow flow, Proof proof, String how) {
    String code = flow.code();
    Answer answer = code == null ? null : flow.redeem(code, Map.of(), proof);
    if (answer == null || Flow.tokens(answer) == null) {
      return false;
    }
    flow.found(
        "POST",
        flow.oauth().token(),
        "client",
        Severity.HIGH,
        "`" + flow.client() + "`, which is confidential, is given a token and proves itself " + how,
        answer);
    return true;
  }
}
