package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Guesses the code by which a forgotten password is set anew, for somebody of the tester's own.
///
/// The codes that are sent can be none, or are the same zeros each time, so that no password is
/// changed. Where nobody stops it, a
/// code of a few digits is found in minutes.
@Attack(
    id = "code-guessing",
    title = "codes that open an account may be guessed without end",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 307,
    remedy = "void a code after a few wrong guesses, and make it long enough not to be guessed",
    changes = true)
public final class CodeGuessProbe implements Probe {
  private static final int GUESSES = 12;
  private static final Pattern CODE =
      Pattern.compile("(?i).*(code|otp|pin)|(reset|verification|recovery)_?token");

  @Override
  public void run(Scene scene) {
    Reset reset = Reset.of(scene);
    if (reset == null) {
      return;
    }
    for (Operation operation : scene.operations()) {
      Draft honest = opens(scene, operation, reset) ? named(scene, operation, reset) : null;
      String code = honest != null && honest.body() instanceof Obj body ? code(body) : null;
      if (honest != null && code != null) {
        attack(scene, reset, honest, code);
        return;
      }
    }
  }

  private static boolean opens(Scene scene, Operation operation, Reset reset) {
    return !operation.safe()
        && operation != reset.operation()
        && operation.path().variables().isEmpty()
        && scene.allowed(operation, Identity.NOBODY, null)
        && Reset.isNamed(operation);
  }

  private static @Nullable Draft named(Scene scene, Operation operation, Reset reset) {
    Draft honest = scene.honest(operation, Identity.NOBODY);
    return honest == null || Json.at(honest.body(), List.of(reset.member())) == null
        ? null
        : honest.member(List.of(reset.member()), Json.of(reset.known()));
  }

  private static @Nullable String code(Obj body) {
    for (Node.Member each : body.entries()) {
      if (each.value() instanceof Node.Text
          && CODE.matcher(each.name().toLowerCase(Locale.ROOT)).matches()) {
        return each.name();
      }
    }
    return null;
  }

  private static void attack(Scene scene, Reset reset, Draft honest, String code) {
    if (!scene.send(reset.by(reset.known())).ok()) {
      scene.untested(honest.operation(), "no code was sent that could be guessed");
      return;
    }
    Answer first = scene.send(wrong(scene, honest, code));
    Answer last = first;
    for (int i = 1; i < GUESSES; i++) {
      last = scene.send(wrong(scene, honest, code));
      if (!refused(last) || !last.sameAs(first) || last.header("retry-after") != null) {
        scene.withstood(honest.operation());
        return;
      }
    }
    scene.found(
        new Fault(
            honest.operation(),
            "body#/" + code,
            Severity.HIGH,
            Confidence.PROVED,
            GUESSES
                + " wrong codes in a row are answered "
                + last.status()
                + " alike, and nobody stops it",
            List.of(first.attempt(), last.attempt())));
  }

  /// With a code that can be none; where only digits may stand there, zeros, since what has another
  /// form is refused for that and by nobody who counts.
  private static Draft wrong(Scene scene, Draft honest, String code) {
    String sample = String.valueOf(Json.scalar(Json.at(honest.body(), List.of(code))));
    boolean digits = !sample.isEmpty() && sample.chars().allMatch(c -> c >= '0' && c <= '9');
    return honest.member(
        List.of(code), Json.of(digits ? "0".repeat(sample.length()) : scene.marker()));
  }

  /// Whether it says that the code is wrong; what the request's form is refused for says nothing.
  private static boolean refused(Answer answer) {
    return answer.status() == 400 || answer.status() == 401 || answer.status() == 403;
  }
}
