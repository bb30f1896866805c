package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks for a new password for the same person of the tester's own, several times in a row:
/// somebody
/// should stop it before a mailbox is full.
@Attack(
    id = "mail-flood",
    title = "mails may be sent without end",
    threat = Threat.API6_BUSINESS_FLOWS,
    cwe = 799,
    changes = true,
    remedy = "bound how many messages one address gets in an hour")
public final class MailFloodProbe implements Probe {
  private static final int MAILS = 10;

  @Override
  public void run(Scene scene) {
    Reset reset = Reset.of(scene);
    if (reset == null) {
      return;
    }
    Answer last = null;
    for (int i = 0; i < MAILS; i++) {
      last = scene.send(reset.by(reset.known()));
      if (!last.ok() || last.header("retry-after") != null) {
        scene.withstood(reset.operation());
        return;
      }
    }
    scene.found(
        new Fault(
            reset.operation(),
            reset.member(),
            Severity.MEDIUM,
            Confidence.PROVED,
            MAILS + " requests in a row for one person are answered " + status(last) + " each",
            last == null ? List.of() : List.of(last.attempt())));
  }

  private static int status(@Nullable Answer answer) {
    return answer == null ? 0 : answer.status();
  }
}
