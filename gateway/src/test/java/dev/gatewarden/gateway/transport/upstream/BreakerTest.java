package dev.gatewarden.gateway.transport.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.gateway.pipeline.Resilience;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A breaker, its window and the pauses, by a clock of the test's own.
class BreakerTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Resilience.Breaker SETTINGS =
      new Resilience.Breaker(
          50, 80, Duration.ofSeconds(2), Duration.ofSeconds(10), 4, Duration.ofSeconds(5), 2);

  private final Breaker breaker = new Breaker("shop", SETTINGS);

  private void call(long now, boolean failed, boolean slow) {
    Breaker.State pass = breaker.enter(now);
    assertThat(pass).isNotNull();
    breaker.went(pass, now, failed, slow);
  }

  private void open(long now) {
    for (int i = 0; i < 4; i++) {
      call(now, true, false);
    }
    assertThat(breaker.level()).isEqualTo(2);
  }

  @Test
  void opens_by_the_share_of_failures_and_not_before_enough_calls() {
    for (int i = 0; i < 3; i++) {
      call(0, true, false);
    }
    assertThat(breaker.level()).isZero();
    call(0, false, false);
    assertThat(breaker.level()).isZero();
    call(0, true, false);
    assertThat(breaker.level()).isEqualTo(2);
    assertThat(breaker.enter(4 * SECOND)).isNull();
    assertThat(breaker.rests(4 * SECOND)).isEqualTo(SECOND);
  }

  @Test
  void stays_closed_below_the_share() {
    for (int i = 0; i < 100; i++) {
      call(0, i % 5 > 2, i % 5 > 1);
    }
    assertThat(breaker.level()).isZero();
  }

  @Test
  void opens_by_the_share_of_slow_calls() {
    for (int i = 0; i < 4; i++) {
      call(0, false, true);
    }
    assertThat(breaker.level()).isEqualTo(2);
  }

  @Test
  void forgets_what_is_older_than_its_window() {
    for (int i = 0; i < 3; i++) {
      call(0, true, false);
    }
    for (int i = 0; i < 4; i++) {
      call(11 * SECOND, false, false);
    }
    call(11 * SECOND, true, false);
    assertThat(breaker.level()).isZero();
  }

  @Test
  void lets_as_many_try_as_it_says_and_closes_when_all_go_well() {
    open(0);
    long later = 5 * SECOND;
    Breaker.State one = breaker.enter(later);
    Breaker.State two = breaker.enter(later);
    assertThat(one).isNotNull();
    assertThat(two).isNotNull();
    assertThat(breaker.enter(later)).isNull();
    breaker.went(one, later, false, false);
    assertThat(breaker.level()).isEqualTo(1);
    breaker.went(two, later, false, false);
    assertThat(breaker.level()).isZero();
  }

  @Test
  void opens_again_when_one_of_them_fails() {
    open(0);
    Breaker.State one = breaker.enter(5 * SECOND);
    Breaker.State two = breaker.enter(5 * SECOND);
    assertThat(one).isNotNull();
    assertThat(two).isNotNull();
    breaker.went(one, 5 * SECOND, true, false);
    assertThat(breaker.level()).isEqualTo(2);
    // What comes in late of the same trial closes nothing.
    breaker.went(two, 5 * SECOND, false, false);
    assertThat(breaker.level()).isEqualTo(2);
    assertThat(breaker.opened()).isEqualTo(2);
  }

  @Test
  void takes_nothing_of_before_for_a_trial() {
    Breaker.State before = breaker.enter(0);
    assertThat(before).isNotNull();
    open(0);
    Breaker.State trial = breaker.enter(5 * SECOND);
    assertThat(trial).isNotNull();
    breaker.went(before, 5 * SECOND, true, false);
    assertThat(breaker.level()).isEqualTo(1);
  }

  @Test
  void gets_a_trial_back_of_which_nothing_is_known() {
    open(0);
    for (int i = 0; i < 10; i++) {
      Breaker.State trial = breaker.enter(5 * SECOND);
      assertThat(trial).isNotNull();
      breaker.forgo(trial);
    }
    assertThat(breaker.level()).isEqualTo(1);
  }

  @Test
  void lets_no_more_try_than_it_says_however_many_come_at_once() throws Exception {
    open(0);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService many = Executors.newFixedThreadPool(8)) {
      var all =
          IntStream.range(0, 64)
              .mapToObj(
                  _ ->
                      many.submit(
                          () -> {
                            go.await();
                            return breaker.enter(6 * SECOND) != null;
                          }))
              .toList();
      go.countDown();
      int through = 0;
      for (Future<Boolean> each : all) {
        through += each.get(10, TimeUnit.SECONDS) ? 1 : 0;
      }
      assertThat(through).isEqualTo(2);
    }
  }

  @Test
  void counts_of_all_workers_are_counted_once() throws Exception {
    Window window = new Window(Duration.ofSeconds(10));
    try (ExecutorService many = Executors.newFixedThreadPool(4)) {
      var all =
          IntStream.range(0, 4)
              .mapToObj(
                  _ ->
                      many.submit(
                          () -> {
                            for (int i = 0; i < 10_000; i++) {
                              window.count(i * 100_000L, i % 2 == 0, false);
                            }
                          }))
              .toList();
      for (Future<?> each : all) {
        each.get(10, TimeUnit.SECONDS);
      }
    }
    Window.Counts counts = window.counts(SECOND);
    assertThat(counts.calls()).isEqualTo(40_000);
    assertThat(counts.failed()).isEqualTo(20_000);
  }

  @Test
  void pauses_double_up_to_the_longest() {
    Resilience.Retry retry =
        new Resilience.Retry(
            5,
            EnumSet.allOf(Resilience.When.class),
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            20,
            10,
            false);
    assertThat(Backoff.nanos(retry, 0, 0)).isZero();
    assertThat(Backoff.nanos(retry, 0, 0.5)).isEqualTo(Duration.ofMillis(25).toNanos());
    assertThat(Backoff.nanos(retry, 2, 0.5)).isEqualTo(Duration.ofMillis(100).toNanos());
    assertThat(Backoff.nanos(retry, 60, 0.5)).isEqualTo(Duration.ofMillis(150).toNanos());
  }

  @Test
  void reads_what_a_service_asks_for_in_seconds_alone() {
    assertThat(asked("7")).isEqualTo(7 * SECOND);
    assertThat(asked("0")).isZero();
    assertThat(asked("Fri, 31 Dec 2027 23:59:59 GMT")).isEqualTo(Long.MAX_VALUE);
    assertThat(asked("-1")).isEqualTo(Long.MAX_VALUE);
    assertThat(asked("9999999999")).isEqualTo(Long.MAX_VALUE);
    assertThat(Backoff.asked(new DefaultHttpHeaders())).isZero();
  }

  private static long asked(String text) {
    return Backoff.asked(new DefaultHttpHeaders().add("retry-after", text));
  }
}
