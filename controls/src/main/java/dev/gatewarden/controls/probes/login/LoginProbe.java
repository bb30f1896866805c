package dev.gatewarden.controls.probes.login;

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
import dev.gatewarden.core.probe.Identity.Presented;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Guesses passwords: whether failures tell who is known, and whether anybody stops it.
///
/// It comes last, and guesses for one identity alone, since who is guessed for may be shut out.
@Attack(
    id = "login",
    title = "logins tell or allow too much",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 307,
    changes = true,
    remedy = "answer failures alike, and slow down whoever guesses")
public final class LoginProbe implements Probe {
  private static final int GUESSES = 16;

  @Override
  public void run(Scene scene) {
    Entrance entrance = entrance(scene);
    if (entrance == null) {
      basic(scene);
      return;
    }
    Operation operation = entrance.operation();
    String secret = entrance.secret();
    String user = entrance.user();
    if (secret.isEmpty() || user.isEmpty()) {
      scene.untested(operation, "its members are called neither user nor password");
      return;
    }
    Answer right = scene.send(entrance.draft());
    if (right.status() == 0 || right.status() >= 400) {
      scene.untested(operation, "the right password is answered " + right.status());
      return;
    }
    Answer before = scene.send(entrance.draft(Map.of(secret, scene.marker())));
    Answer known = scene.send(entrance.draft(Map.of(secret, scene.marker())));
    String stranger = stranger(entrance.login().members().getOrDefault(user, ""), scene.marker());
    Answer unknown = scene.send(entrance.draft(Map.of(secret, scene.marker(), user, stranger)));
    boolean steady = before.status() == known.status() && alike(before, known);
    if (steady && (known.status() != unknown.status() || !alike(known, unknown))) {
      tell(
          scene,
          operation,
          "user",
          Severity.MEDIUM,
          "a failed login tells whether the user is known",
          List.of(known.attempt(), unknown.attempt()));
    }
    Answer last = known;
    for (int i = 0; i < GUESSES; i++) {
      last = scene.send(entrance.draft(Map.of(secret, scene.marker())));
      if (stopped(last)) {
        scene.withstood(operation);
        return;
      }
    }
    Answer locked = scene.send(entrance.draft());
    if (locked.status() >= 400) {
      // whoever guesses is not told that nothing opens any more
      scene.withstood(operation);
      return;
    }
    tell(
        scene,
        operation,
        "guesses",
        Severity.HIGH,
        (GUESSES + 2) + " wrong passwords in a row are answered " + last.status() + " each",
        List.of(last.attempt()));
  }

  private static void basic(Scene scene) {
    for (Identity each : scene.identities()) {
      for (Presented presented : each.presents()) {
        if (presented.prefix().startsWith("Basic")) {
          basic(scene, each, presented);
          return;
        }
      }
    }
    scene.untested(null, "no identity logs in by a request that the contract names");
  }

  private static void basic(Scene scene, Identity identity, Presented presented) {
    Draft door = Honest.closed(scene, identity);
    String pair =
        new String(
            java.util.Base64.getDecoder().decode(presented.secret()),
            java.nio.charset.StandardCharsets.UTF_8);
    if (door == null || pair.indexOf(':') < 0) {
      return;
    }
    Answer last = null;
    for (int i = 0; i < GUESSES; i++) {
      String wrong = pair.substring(0, pair.indexOf(':') + 1) + scene.marker();
      String coded =
          java.util.Base64.getEncoder()
              .encodeToString(wrong.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      last =
          scene.send(
              door.as(
                  identity.presenting(
                      identity.name() + ", guessed",
                      List.of(
                          new Presented(
                              presented.where(), presented.name(), presented.prefix(), coded)))));
      if (stopped(last)) {
        scene.withstood(door.operation());
        return;
      }
    }
    tell(
        scene,
        door.operation(),
        "guesses",
        Severity.HIGH,
        GUESSES + " wrong passwords in a row are answered each",
        last == null ? List.of() : List.of(last.attempt()));
  }

  /// Whether whoever guesses is told to stop.
  static boolean stopped(Answer answer) {
    return answer.status() == 429
        || answer.status() == 423
        || answer.status() == 403
        || answer.header("retry-after") != null;
  }

  /// That of the last identity that has one: the first are those whom others need.
  private static @Nullable Entrance entrance(Scene scene) {
    for (Identity each : scene.identities().reversed()) {
      Entrance entrance = Entrance.of(scene, each);
      if (entrance != null && scene.operations().contains(entrance.operation())) {
        return entrance;
      }
    }
    return null;
  }

  private static String stranger(String known, String marker) {
    int at = known.indexOf('@');
    return at < 0 ? marker : marker + known.substring(at);
  }

  /// The same answer but for what changes each time.
  private static boolean alike(Answer one, Answer other) {
    return one.text()
        .replaceAll("[0-9a-f-]{8,}", "")
        .equals(other.text().replaceAll("[0-9a-f-]{8,}", ""));
  }

  private static void tell(
      Scene scene,
      Operation operation,
      String place,
      Severity severity,
      String message,
      List<Integer> attempts) {
    scene.found(
        new Fault(operation, place, severity, Confidence.PROVED, message, attempts)
            .titled(
                place.equals("user")
                    ? "a login tells who has an account"
                    : "passwords can be tried without end"));
  }
}
