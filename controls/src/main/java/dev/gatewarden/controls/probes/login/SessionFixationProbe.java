package dev.gatewarden.controls.probes.login;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Identity.Where;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Logs in with a session that was chosen beforehand: an attacker who plants a cookie must not
/// become whoever logs in with it.
@Attack(
    id = "session-fixation",
    title = "a login keeps the session that was brought along",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 384,
    changes = true,
    remedy = "begin a new session at each login, and forget the one that was brought along")
public final class SessionFixationProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Entrance entrance = Entrance.withCookie(scene);
    Draft door = entrance == null ? null : Honest.closed(scene, entrance.who());
    if (entrance == null || door == null) {
      return;
    }
    for (Presented each : entrance.who().presents()) {
      if (each.where() != Where.COOKIE) {
        continue;
      }
      Presented planted = new Presented(Where.COOKIE, each.name(), "", scene.marker());
      Identity visitor = Identity.NOBODY.presenting("nobody, with a cookie", List.of(planted));
      Answer entered = scene.send(entrance.draft().as(visitor));
      if (entered.status() >= 400) {
        scene.untested(entrance.operation(), "the login is answered " + entered.status());
        return;
      }
      Identity thief = entrance.who().presenting("whoever planted it", List.of(planted));
      Answer answer = scene.send(door.as(thief));
      if (answer.ok()) {
        scene.found(
            new Fault(
                entrance.operation(),
                "cookie." + each.name(),
                Severity.HIGH,
                Confidence.PROVED,
                "a cookie that was chosen before the login is `" + entrance.who() + "` after it",
                List.of(entered.attempt(), answer.attempt())));
        return;
      }
    }
    scene.withstood(entrance.operation());
  }
}
