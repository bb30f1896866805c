package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Comes back with the same code and the same `state` once more (RFC 6749, section 10.5; RFC 9700,
/// section 4.2.4): the address stands in histories and logs.
@Attack(
    id = "callback-twice",
    title = "the address of a login logs in again",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 294,
    changes = true,
    remedy = "use up `state` with the first callback, and let each code be redeemed once")
public final class CallbackTwiceProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Callback callback = Callback.of(scene);
    Trip trip = callback == null ? null : callback.begin();
    Visitor again = trip == null ? null : trip.browser().twin();
    Trip.Given given = callback == null ? null : callback.given(trip);
    if (callback == null || trip == null || again == null || given == null) {
      return;
    }
    Answer first = given.to(trip.browser());
    if (callback.entered(trip.browser(), given, first) == null
        || callback.opened(again.as(callback.who(), given.at())) != null) {
      scene.untested(
          callback.operation(),
          "a browser is logged in by what it had before, so that a second callback shows nothing");
      return;
    }
    Answer second = given.to(again);
    Answer entered = callback.entered(again, given, second);
    if (entered == null) {
      callback.withstood();
    } else {
      callback.found(
          "query.code",
          Severity.MEDIUM,
          "the same code with the same `state` logs in a second time",
          List.of(first.attempt(), second.attempt(), entered.attempt()));
    }
  }
}
