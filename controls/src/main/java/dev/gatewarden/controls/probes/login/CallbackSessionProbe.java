package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Logs in by the callback, and calls with the cookies from before it: those that were set when the
/// login began, and such as somebody planted in the browser.
@Attack(
    id = "callback-session",
    title = "a login by the callback keeps the session from before",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 384,
    changes = true,
    remedy = "begin a new session in the callback, and forget the one that was brought along")
public final class CallbackSessionProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Callback callback = Callback.of(scene);
    Trip trip = callback == null ? null : callback.begin();
    Visitor before = trip == null ? null : trip.browser().twin();
    Trip.Given given = callback == null ? null : callback.given(trip);
    if (callback == null || trip == null || before == null || given == null) {
      return;
    }
    Answer arrived = given.to(trip.browser());
    Answer entered = callback.entered(trip.browser(), given, arrived);
    if (entered == null) {
      scene.untested(callback.operation(), "a login that worked does not work again");
      return;
    }
    boolean kept = tell(callback, before, given, arrived, "was set before the login");
    Visitor planted = before.stranger();
    for (Presented each : trip.browser().presents(given.at())) {
      planted.plant(given.at(), each.name(), Flow.verifier(scene));
    }
    if (!kept && !planted(callback, planted)) {
      callback.withstood();
    }
  }

  private static boolean planted(Callback callback, Visitor browser) {
    Visitor thief = browser.twin();
    Trip trip = callback.begin(browser, java.util.Map.of());
    Trip.Given given = callback.given(trip);
    return given != null
        && tell(callback, thief, given, given.to(browser), "was chosen before the login");
  }

  private static boolean tell(
      Callback callback, Visitor thief, Trip.Given given, Answer arrived, String how) {
    Identity somebody = thief.as(callback.who(), given.at());
    Answer opened = callback.opened(somebody);
    if (opened == null) {
      return false;
    }
    callback.found(
        "cookie",
        Severity.HIGH,
        "a cookie that " + how + " is `" + callback.who() + "` after it",
        List.of(arrived.attempt(), opened.attempt()));
    return true;
  }
}
