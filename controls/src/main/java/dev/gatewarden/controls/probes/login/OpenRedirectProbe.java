package dev.gatewarden.controls.probes.login;

import dev.gatewarden.controls.probes.Honest;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
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

/// Tells operations that lead somewhere to lead to another host, in the ways in which that is
/// written past careless checks.
@Attack(
    id = "open-redirect",
    title = "an answer leads wherever it is told",
    threat = Threat.API8_MISCONFIGURATION,
    cwe = 601,
    remedy = "lead to paths of your own alone, or to addresses of a list")
public final class OpenRedirectProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      for (Parameter parameter : operation.parameters()) {
        if (operation.safe()
            && parameter.in() == Parameter.In.QUERY
            && Away.leads(parameter.name())) {
          attack(scene, operation, parameter.name());
        }
      }
    }
  }

  private static void attack(Scene scene, Operation operation, String name) {
    Draft honest =
        scene.allowed(operation, Identity.NOBODY, null)
            ? scene.honest(operation, Identity.NOBODY)
            : Honest.of(scene, operation);
    if (honest == null) {
      return;
    }
    for (String each : Away.written()) {
      Answer answer = scene.send(honest.query(name, each));
      if (Away.led(answer)) {
        scene.found(
            new Fault(
                operation,
                "query." + name,
                Severity.MEDIUM,
                Confidence.PROVED,
                "`" + name + "` leads to any host: `" + each + "` is answered " + answer.status(),
                List.of(answer.attempt())));
        return;
      }
    }
    scene.withstood(operation);
  }
}
