package dev.gatewarden.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalClaimsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final FakeClock clock = new FakeClock(Instant.parse("2026-01-15T10:00:00Z"));
  private final LocalClaims claims = new LocalClaims(clock, 100);

  @Test
  void room_comes_back_when_buckets_are_full_again() {
    // What one limit may take of the room: the rest is for limits with few keys.
    int own = 75;
    for (int i = 0; i < own; i++) {
      take(Claim.take("old-" + i, 1, 1, MINUTE, Spent.SPENT));
    }
    clock.advance(MINUTE);
    for (int i = 0; i < own; i++) {
      assertThat(take(Claim.take("new-" + i, 1, 1, MINUTE, Spent.SPENT)))
          .isInstanceOf(Taken.Granted.class);
    }
  }

  @Test
  void nothing_is_taken_where_one_of_several_is_refused() {
    Claim spent = Claim.take("b", 1, 1, MINUTE, Spent.SPENT);
    take(spent);
    Claim free = Claim.take("a", 1, 1, MINUTE, Spent.SPENT);
    assertThat(claims.take(List.of(free, spent), deadline())).isInstanceOf(Taken.Refused.class);
    assertThat(take(free)).isInstanceOf(Taken.Granted.class);
  }

  @Test
  void many_threads_together_take_exactly_what_there_is() throws InterruptedException {
    Claim claim = Claim.take("shared", 1, 1000, MINUTE, Spent.SPENT);
    Claim other = Claim.count("counted", 1, 1_000_000, MINUTE, Spent.SPENT);
    AtomicInteger granted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      boolean turned = t % 2 == 0;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 500; i++) {
                      List<Claim> both = turned ? List.of(claim, other) : List.of(other, claim);
                      if (claims.take(both, deadline()) instanceof Taken.Granted) {
                        granted.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(granted).hasValue(1000);
  }

  @Test
  void a_refused_request_gives_back_fair_use_and_a_second_settling_changes_nothing() {
    Claim claim = Claim.take("fair", 1, 2, MINUTE, Spent.SPENT);
    Taken.Granted first = (Taken.Granted) take(claim);
    Taken.Granted second = (Taken.Granted) take(claim);
    assertThat(take(claim)).isInstanceOf(Taken.Refused.class);
    claims.settle(first.receipt(), Settlement.REFUSED);
    claims.settle(first.receipt(), Settlement.REFUSED);
    claims.settle(second.receipt(), Settlement.CLEARED);
    assertThat(take(claim)).isInstanceOf(Taken.Granted.class);
    assertThat(take(claim)).isInstanceOf(Taken.Refused.class);
  }

  @Test
  void an_id_that_nobody_settled_is_free_again_behind_its_deadline() {
    Claim id = Claim.once("event", Duration.ofMinutes(10), Spent.SPENT).keptIfDelivered();
    Taken.Granted lost = (Taken.Granted) take(id);
    assertThat(take(id))
        .isInstanceOfSatisfying(
            Taken.Refused.class, r -> assertThat(r.cause()).isEqualTo(Claims.Cause.IN_FLIGHT));
    clock.advance(Duration.ofSeconds(30));
    Taken.Granted again = (Taken.Granted) take(id);
    claims.settle(lost.receipt(), Settlement.REFUSED);
    assertThat(take(id)).isInstanceOf(Taken.Refused.class);
    claims.settle(again.receipt(), Settlement.DELIVERED);
    assertThat(take(id))
        .isInstanceOfSatisfying(
            Taken.Refused.class, r -> assertThat(r.cause()).isEqualTo(Claims.Cause.DELIVERED));
  }

  private Taken take(Claim claim) {
    return claims.take(List.of(claim), deadline());
  }

  private Instant deadline() {
    return clock.instant().plusSeconds(30);
  }

  private enum Spent implements Reason {
    SPENT;

    @Override
    public String control() {
      return "test";
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String summary() {
      return "as the test says";
    }
  }
}
