package dev.gatewarden.controls.probes.bfla;

import dev.gatewarden.controls.probes.Removed;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;

/// Calls what the version before could do and the contract has no more: functions that nobody looks
/// after are seldom checked.
///
/// It needs the contract of the version before: `--before`.
@Attack(
    id = "removed-operation",
    title = "an operation that was taken away still works",
    threat = Threat.API5_FUNCTION_AUTHORIZATION,
    cwe = 1059,
    changes = true,
    remedy = "take the code of an operation away with its contract")
public final class RemovedOperationProbe implements Probe {

  @Override
  public void run(Scene scene) {
    for (Draft draft : Removed.drafts(scene, false)) {
      Answer answer = scene.send(draft);
      if (answer.ok()) {
        scene.found(
            new Fault(
                null,
                draft.method() + " " + draft.operation().path().text(),
                Severity.HIGH,
                Confidence.PROVED,
                "`"
                    + draft.method()
                    + " "
                    + draft.operation().path().text()
                    + "`, which the contract has no more, is answered "
                    + answer.status(),
                List.of(answer.attempt())));
      }
    }
  }
}
