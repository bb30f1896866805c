package dev.gatewarden.gateway.transport.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final Duration TICK = Duration.ofMillis(100);

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void rises_with_the_requests_that_wait_and_falls_when_there_are_clearly_less() {
    Load load = load(new Load.Bounds(10, Duration.ZERO));
    int[] rising = new int[11];
    for (int i = 1; i <= 10; i++) {
      load.began();
      rising[i] = load.level();
    }
    assertThat(rising).containsExactly(0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4);
    int[] falling = new int[10];
    for (int i = 9; i >= 0; i--) {
      load.answered();
      falling[i] = load.level();
    }
    assertThat(falling).containsExactly(0, 0, 0, 0, 0, 1, 2, 3, 4, 4);
    assertThat(load.inFlight()).isZero();
  }

  @Test
  void counts_a_loop_as_late_when_it_was_three_times_in_a_row() {
    Load load = load(new Load.Bounds(0, Duration.ofMillis(100)));
    tick(load, 0);
    tick(load, 100);
    tick(load, 100);
    tick(load, 0);
    assertThat(load.level()).isZero();
    tick(load, 85);
    tick(load, 85);
    assertThat(load.level()).isZero();
    tick(load, 85);
    assertThat(load.level()).isEqualTo(2);
    tick(load, 400);
    tick(load, 400);
    tick(load, 400);
    assertThat(load.level()).isEqualTo(4);
  }

  @Test
  void falls_by_one_level_for_every_few_ticks_in_time() {
    Load load = load(new Load.Bounds(0, Duration.ofMillis(100)));
    for (int i = 0; i < 4; i++) {
      tick(load, 200);
    }
    assertThat(load.level()).isEqualTo(4);
    for (int level = 4; level > 0; level--) {
      for (int i = 0; i < 4; i++) {
        tick(load, 0);
        assertThat(load.level()).isEqualTo(level);
      }
      tick(load, 0);
    }
    assertThat(load.level()).isZero();
  }

  @Test
  void is_calm_whatever_happens_where_no_bound_is_set() {
    Load load = load(Load.Bounds.NONE);
    for (int i = 0; i < 1000; i++) {
      load.began();
      tick(load, 10_000);
    }
    assertThat(load.level()).isZero();
    assertThat(load.inFlight()).isEqualTo(1000);
  }

  private Load load(Load.Bounds bounds) {
    return new Load(bounds, 1, TICK, nanos::get);
  }

  private void tick(Load load, long late) {
    nanos.addAndGet(TICK.plusMillis(late).toNanos());
    load.ticked(0);
  }
}
