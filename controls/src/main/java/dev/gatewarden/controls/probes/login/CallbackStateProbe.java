package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Slips a code that another browser was given into the login of a browser: without `state`, with
/// one made up, with that of the other browser, and where no login was begun (RFC 9700, section
/// 2.1 and 4.7).
///
/// Whoever is slipped the attacker's code works in the attacker's account. A client that tells its
/// own code by PKCE or `nonce` may do without `state`, and is not told.
@Attack(
    id = "callback-state",
    title = "a browser is logged in by a code that was slipped in",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 352,
    changes = true,
    remedy = "bind `state` to the browser that began the login, and use PKCE or `nonce`")
public final class CallbackStateProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Callback callback = Callback.of(scene);
    if (callback == null) {
      return;
    }
    Map<String, String> states = new LinkedHashMap<>();
    states.put("without `state`", "");
    states.put("with a `state` that nobody gave out", Flow.verifier(scene));
    List<String> taken = new ArrayList<>();
    List<Integer> attempts = new ArrayList<>();
    states.forEach((how, state) -> slip(callback, how, state, true, taken, attempts));
    slip(callback, "with the `state` of another browser", null, true, taken, attempts);
    slip(callback, "where it began no login", null, false, taken, attempts);
    if (taken.isEmpty()) {
      callback.withstood();
    } else {
      callback.found(
          "query.state",
          Severity.MEDIUM,
          "a browser is logged in by a code of another browser: " + String.join(", ", taken),
          attempts);
    }
  }

  /// @param state in the place of the other browser's; or null for that one
  /// @param begun whether the browser began a login of its own
  private static void slip(
      Callback callback,
      String how,
      @Nullable String state,
      boolean begun,
      List<String> taken,
      List<Integer> attempts) {
    Trip.Given given = callback.given(callback.begin());
    Trip own = callback.begin();
    if (given == null || own == null) {
      return;
    }
    Visitor browser = begun ? own.browser() : own.browser().stranger();
    Trip.Given slipped = state == null ? given : given.with("state", state);
    Answer arrived = slipped.to(browser);
    Answer entered = callback.entered(browser, slipped, arrived);
    if (entered != null) {
      taken.add(how);
      attempts.addAll(List.of(given.attempt(), arrived.attempt(), entered.attempt()));
    }
  }
}
