package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.core.identity.Sessions.Versioned;
import dev.gatewarden.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every adapter of `Sessions` keeps: nothing outlives its time, and no change is lost.
public abstract class SessionsContract {
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final Duration ABSOLUTE = Duration.ofMinutes(25);
  private static final Duration TICK = Duration.ofMillis(1);

  protected final FakeClock clock = new FakeClock();

  /// A new adapter on `clock` without any session.
  protected abstract Sessions sessions();

  @Test
  void finds_what_was_created() {
    Sessions sessions = sessions();
    assertThat(sessions.create("s1", bytes("a"), IDLE, ABSOLUTE)).isTrue();

    assertThat(value(sessions)).isEqualTo("a");
    assertThat(sessions.find("s2")).isEmpty();
  }

  @Test
  void creates_nothing_over_what_is_there() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);

    assertThat(sessions.create("s1", bytes("b"), IDLE, ABSOLUTE)).isFalse();
    assertThat(value(sessions)).isEqualTo("a");
  }

  @Test
  void ends_a_session_that_nobody_touches() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);
    clock.advance(IDLE.minus(TICK));
    assertThat(sessions.find("s1")).isPresent();

    clock.advance(IDLE);
    assertThat(sessions.find("s1")).isEmpty();
  }

  @Test
  void ends_a_session_that_is_only_looked_at() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);
    clock.advance(IDLE.minus(TICK));
    Versioned looked = sessions.look("s1").orElseThrow();
    assertThat(new String(looked.value(), StandardCharsets.UTF_8)).isEqualTo("a");
    assertThat(sessions.look("s2")).isEmpty();

    clock.advance(TICK);
    assertThat(sessions.look("s1")).isEmpty();
    assertThat(sessions.find("s1")).isEmpty();
  }

  @Test
  void looks_at_the_version_that_may_be_replaced() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);

    assertThat(sessions.replace("s1", sessions.look("s1").orElseThrow().version(), bytes("b")))
        .isTrue();
    sessions.end("s1");
    assertThat(sessions.look("s1")).isEmpty();
  }

  @Test
  void ends_a_session_at_its_end_however_often_it_is_touched() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);
    for (int i = 0; i < 24; i++) {
      clock.advance(Duration.ofMinutes(1));
      assertThat(sessions.find("s1")).as("minute %s", i).isPresent();
    }
    clock.advance(Duration.ofMinutes(1));

    assertThat(sessions.find("s1")).isEmpty();
  }

  @Test
  void does_not_live_longer_for_being_replaced() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), Duration.ofHours(1), ABSOLUTE);
    clock.advance(ABSOLUTE.minus(TICK));
    sessions.replace("s1", version(sessions), bytes("b"));
    clock.advance(TICK);

    assertThat(sessions.find("s1")).isEmpty();
  }

  @Test
  void replaces_what_nobody_else_replaced() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);
    long version = version(sessions);

    assertThat(sessions.replace("s1", version, bytes("b"))).isTrue();
    assertThat(sessions.replace("s1", version, bytes("c"))).isFalse();
    assertThat(value(sessions)).isEqualTo("b");
  }

  @Test
  void replaces_nothing_that_is_gone() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);
    long version = version(sessions);
    sessions.end("s1");

    assertThat(sessions.replace("s1", version, bytes("b"))).isFalse();
    assertThat(sessions.find("s1")).isEmpty();
  }

  @Test
  void ends_at_once() {
    Sessions sessions = sessions();
    sessions.create("s1", bytes("a"), IDLE, ABSOLUTE);
    sessions.end("s1");
    sessions.end("s1");

    assertThat(sessions.find("s1")).isEmpty();
    assertThat(sessions.create("s1", bytes("b"), IDLE, ABSOLUTE)).isTrue();
  }

  @Test
  void hands_out_copies() {
    Sessions sessions = sessions();
    byte[] given = bytes("a");
    sessions.create("s1", given, IDLE, ABSOLUTE);
    given[0] = 'x';
    sessions.find("s1").ifPresent(found -> found.value()[0] = 'y');

    assertThat(value(sessions)).isEqualTo("a");
  }

  private static String value(Sessions sessions) {
    Optional<Versioned> found = sessions.find("s1");
    return found.map(each -> new String(each.value(), StandardCharsets.UTF_8)).orElse("");
  }

  private static long version(Sessions sessions) {
    return sessions.find("s1").orElseThrow().version();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
