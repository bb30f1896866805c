package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks for a new password, for somebody of the tester's own and for nobody: what should go by mail
/// must not stand in the answer, and the answer must not tell who is known.
///
/// No password is changed.
@Attack(
    id = "password-reset",
    title = "a forgotten password tells too much",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 640,
    changes = true,
    remedy = "send codes to the person alone, and answer alike whether they are known or not")
public final class ResetProbe implements Probe {
  private static final int TELLING = 4;
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(code|token|otp|secret|link|url|password|pin|nonce)");

  @Override
  public void run(Scene scene) {
    Reset reset = Reset.of(scene);
    if (reset == null) {
      return;
    }
    Answer known = scene.send(reset.by(reset.known()));
    Answer unknown = scene.send(reset.by(reset.stranger(scene)));
    if (known.status() == 429 || unknown.status() == 429 || known.broke() || unknown.broke()) {
      scene.untested(
          reset.operation(), "it is answered " + known.status() + " and " + unknown.status());
      return;
    }
    String told = known.ok() ? secret(known.json()) : "";
    if (!told.isEmpty()) {
      tell(
          scene,
          reset,
          "response#/" + told,
          Severity.CRITICAL,
          "whoever asks for the password of somebody else reads `" + told + "` in the answer",
          List.of(known.attempt()));
    } else if (known.status() != unknown.status() || !known.text().equals(unknown.text())) {
      tell(
          scene,
          reset,
          reset.member(),
          Severity.MEDIUM,
          "the answer tells whether `" + reset.member() + "` is known",
          List.of(known.attempt(), unknown.attempt()));
    } else {
      scene.withstood(reset.operation());
    }
  }

  /// The name of a member that holds what opens the account; empty where there is none.
  private static String secret(@Nullable Node node) {
    if (!(node instanceof Obj object)) {
      return "";
    }
    for (Node.Member each : object.entries()) {
      String text = Json.scalar(each.value());
      String inner =
          text != null && text.length() >= TELLING && SECRET.matcher(each.name()).matches()
              ? each.name()
              : secret(each.value());
      if (!inner.isEmpty()) {
        return inner;
      }
    }
    return "";
  }

  private static void tell(
      Scene scene,
      Reset reset,
      String place,
      Severity severity,
      String message,
      List<Integer> attempts) {
    scene.found(
        new Fault(reset.operation(), place, severity, Confidence.PROVED, message, attempts));
  }
}
