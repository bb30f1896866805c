package dev.gatewarden.gateway.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.login.Regulars;
import dev.gatewarden.gateway.state.LocalSessions;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptRegularsTest {
  private static final Duration LASTING = Duration.ofDays(30);

  private final FakeClock clock = new FakeClock();
  private final Regulars regulars = regulars(1 << 20);

  private Regulars regulars(long most) {
    return new KeptRegulars(new LocalSessions(clock, most), name -> "#" + name, clock);
  }

  @Test
  void knows_an_account_where_it_was_logged_in_and_nowhere_else() {
    regulars.welcome("ann", List.of("home", "laptop"), "s1", LASTING);

    assertThat(regulars.knows("ann", List.of("home"))).isTrue();
    assertThat(regulars.knows("ann", List.of("cafe", "laptop"))).isTrue();
    assertThat(regulars.knows("ann", List.of("cafe"))).isFalse();
    assertThat(regulars.knows("bob", List.of("home"))).isFalse();
    assertThat(regulars.knows("s1")).isTrue();
    assertThat(regulars.knows("s2")).isFalse();
  }

  @Test
  void forgets_who_did_not_come_again() {
    regulars.welcome("ann", List.of("home"), "s1", LASTING);
    clock.advance(LASTING.minusHours(1));
    assertThat(regulars.knows("ann", List.of("home"))).isTrue();

    clock.advance(Duration.ofHours(1));
    assertThat(regulars.knows("ann", List.of("home"))).isFalse();
    assertThat(regulars.knows("s1")).isFalse();
  }

  @Test
  void goes_on_knowing_who_comes_again() {
    for (int i = 0; i < 20; i++) {
      regulars.welcome("ann", List.of("home"), "s1", LASTING);
      clock.advance(Duration.ofDays(20));
      assertThat(regulars.knows("ann", List.of("home"))).isTrue();
      assertThat(regulars.knows("s1")).isTrue();
    }
  }

  @Test
  void takes_few_new_places_of_one_account_a_day() {
    for (int i = 0; i < 100; i++) {
      regulars.welcome("mallory", List.of("place" + i), "s" + i, LASTING);
    }

    assertThat(regulars.knows("mallory", List.of("place7"))).isTrue();
    assertThat(regulars.knows("mallory", List.of("place8"))).isFalse();
    assertThat(regulars.knows("s7")).isTrue();
    assertThat(regulars.knows("s8")).isFalse();
  }

  @Test
  void keeps_the_places_that_came_last() {
    for (int day = 0; day < 20; day++) {
      regulars.welcome("ann", List.of("home"), "s", LASTING);
      for (int i = 0; i < 4; i++) {
        regulars.welcome("ann", List.of("inn" + day + "-" + i), "s", LASTING);
      }
      clock.advance(Duration.ofDays(1));
    }

    assertThat(regulars.knows("ann", List.of("home"))).isTrue();
    assertThat(regulars.knows("ann", List.of("inn19-3"))).isTrue();
    assertThat(regulars.knows("ann", List.of("inn0-0"))).isFalse();
  }

  @Test
  void drives_nobody_out_who_is_known() {
    Regulars small = regulars(4_000);
    small.welcome("ann", List.of("home"), "s1", LASTING);
    for (int i = 0; i < 1_000; i++) {
      small.welcome("account" + i, List.of("place"), "source" + i, LASTING);
      small.begin("pending" + i, new Regulars.Begun("account" + i, List.of()), LASTING);
    }

    assertThat(small.knows("ann", List.of("home"))).isTrue();
    assertThat(small.knows("account999", List.of("place"))).isFalse();
  }

  @Test
  void tells_whose_login_was_begun_until_it_is_too_old() {
    Regulars.Begun login = new Regulars.Begun("ann", List.of("a", "b"));
    regulars.begin("p", login, Duration.ofHours(1));
    assertThat(regulars.begun("p")).isEqualTo(login);
    assertThat(regulars.begun("q")).isNull();

    clock.advance(Duration.ofHours(1));
    assertThat(regulars.begun("p")).isNull();
  }
}
