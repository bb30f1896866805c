package dev.gatewarden.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.ports.ClaimsScene.Why;
import dev.gatewarden.testkit.ports.MemoryClaims;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqliteQuotasTest {
  private static final Duration DAY = Duration.ofDays(1);
  private final FakeClock clock = new FakeClock();
  @TempDir Path folder;

  @Test
  void remembers_what_was_used_of_a_quota_over_a_restart() throws IOException {
    running(claims -> assertThat(drained(claims, daily(5).limitedTo(3))).isEqualTo(3));
    running(claims -> assertThat(drained(claims, daily(5))).isEqualTo(2));
    running(claims -> assertThat(drained(claims, daily(5))).isZero());
  }

  @Test
  void begins_anew_when_the_period_has_ended() throws IOException {
    running(claims -> assertThat(drained(claims, daily(5))).isEqualTo(5));
    clock.advance(DAY.plusMillis(1));
    running(claims -> assertThat(drained(claims, daily(5))).isEqualTo(5));
  }

  @Test
  void ends_a_period_that_began_before_the_restart_when_it_ends() throws IOException {
    running(claims -> assertThat(drained(claims, daily(5))).isEqualTo(5));
    clock.advance(DAY.minusMinutes(5));
    running(
        claims -> {
          assertThat(drained(claims, within("day", 5, Duration.ofMinutes(5)))).isZero();
          clock.advance(Duration.ofMinutes(5).plusMillis(1));
          assertThat(take(claims, daily(5))).isInstanceOf(Taken.Granted.class);
        });
  }

  @Test
  void remembers_nothing_that_was_given_back() throws IOException {
    running(
        claims -> {
          for (int i = 0; i < 5; i++) {
            Taken.Granted taken = (Taken.Granted) take(claims, daily(5));
            claims.settle(taken.receipt(), i < 2 ? Settlement.DELIVERED : Settlement.REFUSED);
            claims.settle(taken.receipt(), Settlement.REFUSED);
          }
        });
    running(claims -> assertThat(drained(claims, daily(5))).isEqualTo(3));
  }

  @Test
  void writes_by_itself_so_that_a_gate_that_is_killed_forgets_little() throws IOException {
    StateFile killed = file();
    SqliteQuotas claims = new SqliteQuotas(killed, new MemoryClaims(clock), clock);
    assertThat(drained(claims, daily(5))).isEqualTo(5);

    Waiting.until(
        "what was used is on disk",
        () -> {
          try (StateFile again = file()) {
            return drained(new SqliteQuotas(again, new MemoryClaims(clock), clock), daily(5)) == 0;
          } catch (IOException fault) {
            throw new AssertionError(fault);
          }
        });
    killed.close();
  }

  @Test
  void writes_neither_what_is_counted_within_minutes_nor_what_is_observed() throws IOException {
    Claim minute = within("minute", 5, Duration.ofMinutes(1));
    Claim observed = daily(5).observed();
    running(
        claims -> {
          assertThat(drained(claims, minute)).isEqualTo(5);
          assertThat(drained(claims, observed)).isEqualTo(5);
        });
    running(
        claims -> {
          assertThat(drained(claims, minute)).isEqualTo(5);
          assertThat(drained(claims, observed)).isEqualTo(5);
        });
  }

  @Test
  void forgets_rows_that_are_over() throws IOException {
    running(
        claims -> {
          for (int i = 0; i < 500; i++) {
            take(claims, within("day" + i, 5, DAY));
          }
        });
    clock.advance(DAY.plusMillis(1));
    running(claims -> take(claims, daily(5)));
    try (StateFile file = file()) {
      assertThat(new UsedQuotas(file, clock).kept())
          .extracting(UsedQuotas.Row::key)
          .containsExactly("day");
    }
  }

  @Test
  void goes_on_where_the_file_is_full() throws IOException {
    try (StateFile tiny = StateFile.open(folder.resolve("tiny.db"), 64 << 10);
        SqliteQuotas claims = new SqliteQuotas(tiny, new MemoryClaims(clock), clock)) {
      for (int i = 0; i < 2_000; i++) {
        assertThat(take(claims, within("x".repeat(200) + i, 5, DAY)))
            .isInstanceOf(Taken.Granted.class);
      }
    }
    assertThat(Files.size(folder.resolve("tiny.db"))).isLessThanOrEqualTo(64 << 10);
  }

  private interface Run {
    void with(Claims claims);
  }

  private void running(Run run) throws IOException {
    try (StateFile file = file();
        SqliteQuotas claims = new SqliteQuotas(file, new MemoryClaims(clock), clock)) {
      run.with(claims);
    }
  }

  private StateFile file() throws IOException {
    return StateFile.open(folder.resolve("quotas.db"), 64L << 20);
  }

  private int drained(Claims claims, Claim claim) {
    int granted = 0;
    while (take(claims, claim) instanceof Taken.Granted) {
      granted++;
    }
    return granted;
  }

  private Taken take(Claims claims, Claim claim) {
    return claims.take(List.of(claim), clock.instant().plus(Duration.ofSeconds(30)));
  }

  private static Claim daily(long limit) {
    return within("day", limit, DAY);
  }

  private static Claim within(String key, long limit, Duration left) {
    return Claim.within(key, 1, limit, left, Why.SPENT);
  }
}
