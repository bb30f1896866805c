package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Shape;
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

/// Asks for a new password for somebody of the tester's own, and guesses the code that went by
/// mail:
/// a short one is found in an hour where nobody stops it.
///
/// The same wrong code is sent each time, so that no password is changed.
@Attack(
    id = "code-guesses",
    title = "a code that went by mail may be guessed without end",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 307,
    changes = true,
    remedy = "end a code after a few wrong tries, and slow down whoever guesses")
public final class CodeGuessesProbe implements Probe {
  private static final int GUESSES = 16;
  private static final int SHORT = 8;
  private static final String WRONG = "0000000000";
  private static final Pattern CODE =
      Pattern.compile("(?i)(.*[_-])?(otp|totp|pin|passcode|code|(reset|verification)code)");
  private static final Pattern DIGITS =
      Pattern.compile("\\^?(\\\\d|\\[0-9\\])\\{(\\d,)?[4-8]\\}\\$?");

  @Override
  public void run(Scene scene) {
    for (Operation operation : scene.operations()) {
      Draft draft =
          operation.safe() || !scene.allowed(operation, Identity.NOBODY, null)
              ? null
              : scene.honest(operation, Identity.NOBODY);
      String member =
          draft != null && draft.body() instanceof Obj body ? member(operation, body) : null;
      if (draft != null && member != null) {
        Reset reset = Reset.of(scene);
        if (reset == null) {
          scene.untested(operation, "no operation is known that sends its code");
        } else if (!reset.operation().equals(operation)) {
          attack(scene, reset, draft, member);
        }
        return;
      }
    }
  }

  /// The member that holds a code short enough to be guessed; null where there is none.
  private static @Nullable String member(Operation operation, Obj body) {
    for (Node.Member each : body.entries()) {
      Shape shape = shape(operation, each.name());
      if (CODE.matcher(each.name()).matches() && shape != null && isShort(shape)) {
        return each.name();
      }
    }
    return null;
  }

  private static @Nullable Shape shape(Operation operation, String member) {
    if (operation.body() != null) {
      for (Content.MediaType type : operation.body().content().types().values()) {
        Shape shape = type.schema() == null ? null : Shape.of(type.schema()).members().get(member);
        if (shape != null) {
          return shape;
        }
      }
    }
    return null;
  }

  private static boolean isShort(Shape shape) {
    boolean few =
        shape.value("maxLength") instanceof Node.Num most && most.value().intValue() <= SHORT;
    String pattern = shape.text("pattern");
    String example = Json.scalar(shape.value("example"));
    return few
        || (pattern != null && DIGITS.matcher(pattern).matches())
        || (example != null && example.matches("\\d{4,8}"));
  }

  private static void attack(Scene scene, Reset reset, Draft draft, String member) {
    Answer sent = scene.send(reset.by(reset.known()));
    if (!sent.ok()) {
      scene.untested(draft.operation(), "a request for a new code is answered " + sent.status());
      return;
    }
    Draft guess = guess(draft, member, reset);
    Answer last = sent;
    for (int i = 0; i < GUESSES; i++) {
      last = scene.send(guess);
      boolean stopped =
          List.of(403, 423, 429).contains(last.status()) || last.header("retry-after") != null;
      if (stopped) {
        scene.withstood(draft.operation());
        return;
      }
      if (last.ok() || last.status() == 0 || last.broke()) {
        scene.untested(draft.operation(), "a wrong code is answered " + last.status());
        return;
      }
    }
    scene.found(
        new Fault(
            draft.operation(),
            "body#/" + member,
            Severity.HIGH,
            Confidence.LIKELY,
            GUESSES
                + " wrong codes in a row are answered "
                + last.status()
                + ", and none is the last",
            List.of(sent.attempt(), last.attempt())));
  }

  /// For the person whose code was sent, of the form that the sample has.
  private static Draft guess(Draft draft, String member, Reset reset) {
    String sample = String.valueOf(Json.scalar(Json.at(draft.body(), List.of(member))));
    int length = Math.clamp(sample.length(), 4, SHORT);
    Draft guess = draft.member(List.of(member), Json.of(WRONG.substring(0, length)));
    for (Node.Member each : ((Obj) java.util.Objects.requireNonNull(draft.body())).entries()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(reset.member().toLowerCase(Locale.ROOT))) {
        guess = guess.member(List.of(each.name()), Json.of(reset.known()));
      }
    }
    return guess;
  }
}
