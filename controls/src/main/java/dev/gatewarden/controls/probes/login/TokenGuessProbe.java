package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.OAuth;
import dev.gatewarden.core.probe.OAuth.Authentication;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Guesses at the token endpoint: passwords where `grant_type=password` is taken, and secrets of
/// clients that are short enough to be guessed (RFC 6749, section 2.3.1 and 4.3.2).
///
/// Logins are slowed down more often than the door beside them. Secrets of 16 characters and more
/// are not guessed, and nothing is told of them.
@Attack(
    id = "token-guessing",
    title = "secrets may be guessed at the token endpoint without end",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 307,
    changes = true,
    remedy = "count failures at the token endpoint as at the login, and slow down whoever guesses")
public final class TokenGuessProbe implements Probe {
  private static final int GUESSES = 16;
  private static final int SHORT = 16;

  @Override
  public void run(Scene scene) {
    Flow flow = Flow.of(scene);
    if (flow == null) {
      return;
    }
    passwords(flow);
    for (Map.Entry<String, OAuth.Client> each : flow.oauth().clients().entrySet()) {
      boolean guessable =
          switch (each.getValue().authentication()) {
            case Authentication.Basic(String secret) -> secret.length() < SHORT;
            case Authentication.Post(String secret) -> secret.length() < SHORT;
            case Authentication.None(), Authentication.Key _ -> false;
          };
      if (guessable) {
        secrets(flow.by(each.getKey()));
        return;
      }
    }
  }

  private static void passwords(Flow flow) {
    Identity.Login login = flow.who().login();
    if (login == null || !takes(flow, login, "")) {
      return;
    }
    guess(
        flow,
        "invalid_grant",
        "body#/password",
        Severity.HIGH,
        "passwords",
        () -> password(flow, login, Flow.verifier(flow.scene())),
        () -> takes(flow, login, ""));
  }

  private static void secrets(Flow flow) {
    if (!works(flow)) {
      return;
    }
    guess(
        flow,
        "invalid_client",
        "client",
        Severity.MEDIUM,
        "secrets of `" + flow.client() + "`",
        () -> flow.redeem(flow.scene().marker(), Map.of(), Proof.wrong(flow)),
        () -> works(flow));
  }

  private static boolean works(Flow flow) {
    return flow.granted() != null;
  }

  private static boolean takes(Flow flow, Identity.Login login, String other) {
    return Flow.tokens(password(flow, login, other)) != null;
  }

  private static Answer password(Flow flow, Identity.Login login, String other) {
    Map<String, String> form = OldGrantProbe.form(login);
    if (!other.isEmpty()) {
      form.put("password", other);
    }
    return flow.post(flow.oauth().token(), form, Proof.of(flow));
  }

  /// @param error by which a wrong one is refused; what is refused for something else says nothing
  /// @param open whether the right one still opens
  private static void guess(
      Flow flow,
      String error,
      String place,
      Severity severity,
      String what,
      Supplier<Answer> wrong,
      Supplier<Boolean> open) {
    Answer first = wrong.get();
    Answer last = first;
    for (int i = 1; i < GUESSES && !LoginProbe.stopped(last); i++) {
      last = wrong.get();
    }
    if (LoginProbe.stopped(last)) {
      flow.withstood("POST", flow.oauth().token());
      return;
    }
    if (!error.equals(Json.scalar(Json.at(last.json(), List.of("error"))))) {
      flow.scene().untested(null, "wrong " + what + " are answered " + last.status());
      return;
    }
    if (!open.get()) {
      // whoever guesses is not told that nothing opens any more
      flow.withstood("POST", flow.oauth().token());
      return;
    }
    flow.found(
        "POST",
        flow.oauth().token(),
        place,
        severity,
        GUESSES + " wrong " + what + " in a row are answered " + last.status() + " each",
        first,
        last);
  }
}
