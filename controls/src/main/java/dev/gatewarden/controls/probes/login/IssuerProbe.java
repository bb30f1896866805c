package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Comes back with the `iss` of another issuer (RFC 9207), by which a client tells answers that
/// were mixed up (RFC 9700, section 4.4).
///
/// It needs an authorization server whose answers carry `iss`. A client that knows one issuer alone
/// cannot mix any up, and so it is told as low.
@Attack(
    id = "mixed-up-issuer",
    title = "a callback does not look at who issued the code",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 346,
    changes = true,
    remedy = "hold `iss` of each answer against the issuer that the login was begun with")
public final class IssuerProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Callback callback = Callback.of(scene);
    Trip trip = callback == null ? null : callback.begin();
    Trip.Given given = callback == null ? null : callback.given(trip);
    if (callback == null || trip == null || given == null) {
      return;
    }
    if (given.value("iss") == null) {
      scene.untested(callback.operation(), "the authorization server's answers carry no `iss`");
      return;
    }
    Trip.Given other = given.with("iss", "https://issuer.probe.example");
    Answer arrived = other.to(trip.browser());
    Answer entered = callback.entered(trip.browser(), other, arrived);
    if (entered == null) {
      callback.withstood();
    } else {
      callback.found(
          "query.iss",
          Severity.LOW,
          "a code with the `iss` of another issuer is taken",
          List.of(arrived.attempt(), entered.attempt()));
    }
  }
}
