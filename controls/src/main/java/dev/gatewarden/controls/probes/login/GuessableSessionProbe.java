package dev.gatewarden.controls.probes.login;

import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.core.probe.Answer;
import dev.gatewarden.core.probe.Attack;
import dev.gatewarden.core.probe.Confidence;
import dev.gatewarden.core.probe.Fault;
import dev.gatewarden.core.probe.Probe;
import dev.gatewarden.core.probe.Scene;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Logs in a few times and compares the sessions: what is counted up can be guessed.
@Attack(
    id = "guessable-session",
    title = "sessions can be guessed",
    threat = Threat.API2_AUTHENTICATION,
    cwe = 330,
    changes = true,
    remedy = "make session ids of at least 128 random bits")
public final class GuessableSessionProbe implements Probe {
  private static final BigInteger NEAR = BigInteger.valueOf(10_000);
  private static final int SHORT = 8;
  private static final int LOGINS = 3;

  @Override
  public void run(Scene scene) {
    Entrance entrance = Entrance.withCookie(scene);
    if (entrance == null) {
      return;
    }
    List<String> values = new ArrayList<>();
    List<Integer> attempts = new ArrayList<>();
    for (int i = 0; i < LOGINS; i++) {
      Answer answer = scene.send(entrance.draft());
      for (Entrance.Cookie each : entrance.cookies(answer)) {
        values.add(each.value());
        attempts.add(answer.attempt());
        break;
      }
    }
    if (values.size() < LOGINS) {
      scene.untested(entrance.operation(), "not every login in a row gives a session");
      return;
    }
    boolean near = true;
    boolean brief = true;
    for (int i = 1; i < values.size(); i++) {
      near &= near(values.get(i - 1), values.get(i));
      brief &= values.get(i).length() < SHORT;
    }
    if (!near && !brief) {
      scene.withstood(entrance.operation());
      return;
    }
    scene.found(
        new Fault(
            entrance.operation(),
            "session",
            Severity.HIGH,
            Confidence.PROVED,
            near
                ? "the sessions of " + LOGINS + " logins in a row lie next to each other"
                : "a session has fewer than " + SHORT + " characters",
            attempts));
  }

  /// Whether two sessions are numbers that lie close together, plain, in hex, or below base64.
  private static boolean near(String one, String other) {
    return near(one, other, 10) || near(one, other, 16) || near(decoded(one), decoded(other), 10);
  }

  private static boolean near(String one, String other, int base) {
    String digits = base == 10 ? "\\d{1,40}" : "[0-9a-fA-F]{1,40}";
    return one.matches(digits)
        && other.matches(digits)
        && !one.equals(other)
        && new BigInteger(one, base).subtract(new BigInteger(other, base)).abs().compareTo(NEAR)
            < 0;
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException plain) {
      return "";
    }
  }
}
