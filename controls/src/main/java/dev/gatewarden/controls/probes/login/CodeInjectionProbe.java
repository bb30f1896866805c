package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Puts a code that another browser was given beside the good `state` of a login of its own (RFC
/// 9700, section 4.5): only PKCE or `nonce` tells it.
@Attack(
    id = "code-injection",
    title = "whoever stole a code can log in by it",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 294,
    changes = true,
    remedy = "send `code_challenge` with each login and hold its verifier in the browser's session")
public final class CodeInjectionProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Callback callback = Callback.of(scene);
    if (callback == null) {
      return;
    }
    Trip.Given stolen = callback.given(callback.begin());
    Trip trip = callback.begin();
    Trip.Given own = callback.given(trip);
    String code = stolen == null ? null : stolen.value("code");
    if (trip == null || stolen == null || own == null || code == null) {
      return;
    }
    Trip.Given injected = own.with("code", code);
    Answer arrived = injected.to(trip.browser());
    Answer entered = callback.entered(trip.browser(), injected, arrived);
    if (entered == null) {
      callback.withstood();
    } else {
      callback.found(
          "query.code",
          Severity.MEDIUM,
          "a code that another browser was given logs this one in, beside its own `state`",
          List.of(stolen.attempt(), arrived.attempt(), entered.attempt()));
    }
  }
}
