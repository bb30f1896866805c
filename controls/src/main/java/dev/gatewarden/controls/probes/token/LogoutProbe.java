package dev.gatewarden.controls.probes.token;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Locale;

/// Uses a token after its logout.
@Attack(
    id = "alive-after-logout",
    title = "a credential lives on after the logout",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 613,
    changes = true,
    remedy = "forget the session, or deny the token, at logout")
public final class LogoutProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      String name = (operation.id().name() + operation.path().text()).toLowerCase(Locale.ROOT);
      if (!operation.safe()
          && (name.contains("logout") || name.contains("signout") || name.contains("sign-out"))) {
        attack(scene, operation);
      }
    }
  }

  private static void attack(Scene scene, Operation logout) {
    for (Identity each : scene.identities()) {
      Identity fresh = scene.again(each);
      Draft leave = fresh == null ? null : scene.honest(logout, fresh);
      Draft door = fresh == null || leave == null ? null : Honest.closed(scene, fresh);
      if (fresh == null || leave == null || door == null) {
        continue;
      }
      Answer left = scene.send(leave);
      if (!left.ok()) {
        scene.untested(logout, "the logout is answered " + left.status());
        return;
      }
      Answer answer = scene.send(door);
      if (answer.ok()) {
        scene.found(
            new Fault(
                logout,
                "session",
                Severity.HIGH,
                Confidence.PROVED,
                "what `" + each + "` presented is still good after the logout",
                List.of(left.attempt(), answer.attempt())));
      } else {
        scene.withstood(logout);
      }
      return;
    }
    scene.untested(logout, "no identity has a `login`, so that none can be lost");
  }
}
