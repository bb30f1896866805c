package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Logs in with the wish to be led to another host afterwards: where people have just typed a
/// password, a page that looks the same gets it once more.
@Attack(
    id = "login-redirect",
    title = "a login leads wherever it is told",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 601,
    changes = true,
    remedy = "lead to paths of your own alone after a login")
public final class LoginRedirectProbe implements Probe {

  @Override
  public void run(Scene scene) {
    Entrance entrance = Entrance.first(scene);
    if (entrance == null) {
      return;
    }
    for (String name : names(entrance)) {
      for (String each : Away.written()) {
        Answer answer = scene.send(entrance.draft(Map.of(name, each)));
        if (Away.led(answer)) {
          scene.found(
              new Fault(
                  entrance.operation(),
                  "body#/" + name,
                  Severity.MEDIUM,
                  Confidence.PROVED,
                  "after the login `" + name + "` leads to any host: `" + each + "` is followed",
                  List.of(answer.attempt())));
          return;
        }
      }
    }
    scene.withstood(entrance.operation());
  }

  private static Set<String> names(Entrance entrance) {
    Set<String> names = new LinkedHashSet<>();
    RequestBody body = entrance.operation().body();
    if (body != null) {
      for (Content.MediaType type : body.content().types().values()) {
        if (type.schema() != null) {
          Shape.of(type.schema()).members().keySet().stream()
              .filter(Away::leads)
              .forEach(names::add);
        }
      }
    }
    return names;
  }
}
