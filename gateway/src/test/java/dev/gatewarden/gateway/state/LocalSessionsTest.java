package dev.gatewarden.gateway.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.testkit.ports.SessionsContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LocalSessionsTest extends SessionsContract {
  private static final Duration HOUR = Duration.ofHours(1);

  @Override
  protected Sessions sessions() {
    return new LocalSessions(clock, 1_000_000);
  }

  @Test
  void ends_nobodys_session_to_make_room_for_others() {
    Sessions sessions = new LocalSessions(clock, 10_000);
    sessions.create("mine", new byte[10], HOUR, HOUR);
    int refused = 0;
    for (int i = 0; i < 1_000; i++) {
      refused += sessions.create("flood" + i, new byte[1_000], HOUR, HOUR) ? 0 : 1;
    }

    assertThat(refused).isGreaterThan(900);
    assertThat(sessions.find("mine")).isPresent();
  }

  @Test
  void has_room_again_when_others_are_over() {
    LocalSessions sessions = new LocalSessions(clock, 100_000);
    for (int i = 0; i < 1_000; i++) {
      sessions.create("early" + i, new byte[1_000], HOUR, HOUR);
    }
    clock.advance(HOUR);
    for (int i = 0; i < 80; i++) {
      assertThat(sessions.create("late" + i, new byte[1_000], HOUR, HOUR)).isTrue();
    }

    assertThat(sessions.size()).isLessThan(100);
  }

  @Test
  void gives_room_back_for_what_ended_or_shrank() {
    Sessions sessions = new LocalSessions(clock, 2_000);
    for (int i = 0; i < 100; i++) {
      assertThat(sessions.create("s", new byte[1_500], HOUR, HOUR)).as("turn %s", i).isTrue();
      assertThat(sessions.replace("s", 1, new byte[1])).isTrue();
      assertThat(sessions.create("other", new byte[1_000], HOUR, HOUR)).isTrue();
      sessions.end("s");
      sessions.end("other");
    }
  }

  @Test
  void lets_those_that_are_there_grow_within_bounds() {
    Sessions sessions = new LocalSessions(clock, 20_000);
    int made = 0;
    while (sessions.create("s" + made, new byte[1], HOUR, HOUR)) {
      made++;
    }
    int grown = 0;
    for (int i = 0; i < made; i++) {
      grown += sessions.replace("s" + i, 1, new byte[1_000]) ? 1 : 0;
      assertThat(sessions.look("s" + i)).isPresent();
    }
    assertThat(grown).isBetween(1, 5);
  }

  @Test
  void holds_no_value_that_is_too_long() {
    Sessions sessions = sessions();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> sessions.create("s", new byte[Sessions.MOST_BYTES + 1], HOUR, HOUR));
  }
}
