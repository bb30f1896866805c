package dev.gatewarden.gateway.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Combined;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TenureTest {
  private static final Duration FIVE = Duration.ofSeconds(5);
  private static final Principal ALICE = of("alice");
  private static final Outcome AWAY = new Outcome.Denied(Verdict.deny(Combined.OUT_OF_REACH));
  private static final Outcome REFUSED = new Outcome.Challenged(Combined.NOTHING_PROVED, List.of());

  private final FakeClock clock = new FakeClock();
  private final LocalBlocks blocks = new LocalBlocks(clock);
  private final AtomicInteger asked = new AtomicInteger();
  private final Semaphore provings = new Semaphore(1);
  private volatile Tenure.Again answer = new Tenure.Again(Outcome.ALLOWED, ALICE);
  private volatile boolean breaks;

  private static Principal of(String subject) {
    return Proof.of("corp", Facet.SUBJECT, subject, Lease.UNBOUNDED).alone();
  }

  private Tenure tenure(Principal caller, Lease lease) {
    return new Tenure(caller, lease, blocks, clock, this::again, provings);
  }

  private Tenure tenure() {
    return tenure(ALICE, Lease.UNBOUNDED);
  }

  private Tenure.Again again() {
    asked.incrementAndGet();
    if (breaks) {
      throw new IllegalStateException("broken");
    }
    return answer;
  }

  /// Lets five seconds pass and the caller be proved.
  private boolean later(Tenure tenure) {
    clock.advance(FIVE);
    int before = asked.get();
    boolean held = tenure.holds();
    Waiting.until("the caller is asked for", () -> !held || asked.get() > before);
    Waiting.until("the answer is there", () -> provings.availablePermits() > 0);
    return tenure.holds();
  }

  @Test
  void asks_nobody_for_five_seconds() {
    Tenure tenure = tenure();
    clock.advance(FIVE.minusMillis(1));

    assertThat(tenure.holds()).isTrue();
    assertThat(asked).hasValue(0);
  }

  @Test
  void goes_on_as_long_as_the_same_caller_is_proved() {
    Tenure tenure = tenure();
    for (int i = 1; i <= 20; i++) {
      assertThat(later(tenure)).isTrue();
      assertThat(asked).hasValue(i);
    }
  }

  @Test
  void ends_when_nobody_or_somebody_else_is_proved() {
    answer = new Tenure.Again(REFUSED, Principal.NOBODY);
    assertThat(later(tenure())).isFalse();
    answer = new Tenure.Again(Outcome.ALLOWED, Principal.NOBODY);
    assertThat(later(tenure())).isFalse();
    answer = new Tenure.Again(Outcome.ALLOWED, of("bob"));
    assertThat(later(tenure())).isFalse();
  }

  @Test
  void goes_on_for_a_minute_while_nobody_can_say() {
    Tenure tenure = tenure();
    answer = new Tenure.Again(AWAY, Principal.NOBODY);
    for (int i = 0; i < 12; i++) {
      assertThat(later(tenure)).as("after %s s", 5 * (i + 1)).isTrue();
    }

    assertThat(later(tenure)).isFalse();
  }

  @Test
  void begins_the_minute_anew_with_each_good_answer() {
    Tenure tenure = tenure();
    for (int round = 0; round < 3; round++) {
      answer = new Tenure.Again(AWAY, Principal.NOBODY);
      for (int i = 0; i < 11; i++) {
        assertThat(later(tenure)).isTrue();
      }
      answer = new Tenure.Again(Outcome.ALLOWED, ALICE);
      assertThat(later(tenure)).isTrue();
    }
  }

  @Test
  void our_own_fault_lets_nobody_go_on_for_ever() {
    Tenure tenure = tenure();
    breaks = true;
    for (int i = 0; i < 12; i++) {
      assertThat(later(tenure)).isTrue();
    }

    assertThat(later(tenure)).isFalse();
  }

  @Test
  void asks_later_where_too_many_are_asked_for_already() {
    Tenure tenure = tenure();
    provings.acquireUninterruptibly();
    clock.advance(FIVE);
    assertThat(tenure.holds()).isTrue();
    assertThat(asked).hasValue(0);
    provings.release();

    assertThat(later(tenure)).isTrue();
    assertThat(asked).hasValue(1);
  }

  /// Whoever has the permits, and however long: a flood of streams buys none of them time.
  @Test
  void who_never_gets_his_turn_ends_after_the_same_minute() {
    Tenure tenure = tenure();
    provings.acquireUninterruptibly();
    for (int i = 0; i < 12; i++) {
      clock.advance(FIVE);
      assertThat(tenure.holds()).as("after %s s", 5 * (i + 1)).isTrue();
    }
    clock.advance(Duration.ofMillis(1));
    assertThat(tenure.holds()).isFalse();
    provings.release();

    assertThat(tenure.holds()).isFalse();
    assertThat(asked).hasValue(0);
  }

  @Test
  void who_was_asked_about_late_is_proved_before_he_is_sent_away() {
    Tenure tenure = tenure();
    clock.advance(Duration.ofHours(1));

    assertThat(later(tenure)).isTrue();
    assertThat(asked.get()).isPositive();
  }

  @Test
  void asks_nobody_about_who_proved_nothing() {
    Tenure tenure = tenure(Principal.NOBODY, Lease.UNBOUNDED);
    clock.advance(FIVE.multipliedBy(100));

    assertThat(tenure.holds()).isTrue();
    assertThat(asked).hasValue(0);
  }

  @Test
  void ends_with_the_lease_and_with_a_block_without_asking() {
    Tenure leased = tenure(ALICE, new Lease(clock.instant().plusSeconds(2)));
    Tenure blocked = tenure();
    assertThat(leased.holds()).isTrue();
    assertThat(blocked.holds()).isTrue();
    blocks.block(Blocks.Kind.SUBJECT, ALICE.key(), Instant.MAX, Instant.MAX);
    assertThat(blocked.holds()).isFalse();
    clock.advance(Duration.ofSeconds(2));
    assertThat(leased.holds()).isFalse();
    assertThat(asked).hasValue(0);
  }
}
