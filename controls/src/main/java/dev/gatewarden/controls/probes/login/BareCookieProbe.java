package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.ArrayList;
import java.util.List;

/// Looks at the cookie that a login sets: whether scripts, other websites and plain HTTP reach it.
@Attack(
    id = "bare-cookie",
    title = "the cookie of a session is not guarded",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 1004,
    changes = true,
    remedy = "set cookies with `HttpOnly`, `Secure` and `SameSite`")
public final class BareCookieProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Entrance entrance = Entrance.withCookie(scene);
    if (entrance == null) {
      return;
    }
    Answer answer = scene.send(entrance.draft());
    List<Entrance.Cookie> cookies = entrance.cookies(answer);
    if (cookies.isEmpty()) {
      scene.untested(entrance.operation(), "the login is answered " + answer.status());
      return;
    }
    boolean stood = true;
    for (Entrance.Cookie each : cookies) {
      List<String> missing = new ArrayList<>();
      if (!each.says("httponly")) {
        missing.add("`HttpOnly`");
      }
      if (!each.says("secure")) {
        missing.add("`Secure`");
      }
      if (!each.says("samesite=lax") && !each.says("samesite=strict")) {
        missing.add("`SameSite`");
      }
      // what has a token in its forms may do without
      if (missing.isEmpty() || (missing.equals(List.of("`SameSite`")) && forms(entrance))) {
        continue;
      }
      stood = false;
      scene.found(
          new Fault(
              entrance.operation(),
              "cookie." + each.name(),
              each.says("httponly") ? Severity.LOW : Severity.MEDIUM,
              Confidence.PROVED,
              "the cookie `" + each.name() + "` is set without " + String.join(", ", missing),
              List.of(answer.attempt())));
    }
    if (stood) {
      scene.withstood(entrance.operation());
    }
  }

  private static boolean forms(Entrance entrance) {
    return entrance.who().presents().stream().anyMatch(each -> each.where() == Where.BODY);
  }
}
