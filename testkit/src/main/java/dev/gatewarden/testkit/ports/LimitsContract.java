package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Receipt;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every adapter of `Claims` keeps of limits beyond amounts: how many different members there
/// are, who is blocked, and what the service's answer makes of it.
///
/// A test of an adapter extends it and says how to make one.
public abstract class LimitsContract extends ClaimsScene {
  @Test
  void counts_different_members_to_the_limit_and_no_further() {
    Claims claims = fresh();
    for (int i = 0; i < 3; i++) {
      drain(claims, object("o" + i, 3), 1);
    }

    assertThat(cause(claims, object("o3", 3))).isEqualTo(Cause.SPENT);
  }

  @Test
  void counts_a_member_that_was_there_before_once() {
    Claims claims = fresh();
    drain(claims, object("o1", 2), 50);
    drain(claims, object("o2", 2), 50);

    assertThat(take(claims, object("o1", 2))).isNotNull();
    assertThat(take(claims, object("o3", 2))).isNull();
  }

  @Test
  void has_room_for_another_member_a_window_after_one_was_seen_last() {
    Claims claims = fresh();
    drain(claims, object("o1", 2), 1);
    clock.advance(Duration.ofSeconds(30));
    drain(claims, object("o1", 2), 1);
    drain(claims, object("o2", 2), 1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(take(claims, object("o3", 2))).isNull();
    assertThat(wait(claims, object("o3", 2)))
        .isBetween(Duration.ofSeconds(30).minus(TICK), Duration.ofSeconds(30).plus(TICK));

    clock.advance(Duration.ofSeconds(30).plus(TICK));
    assertThat(take(claims, object("o3", 2))).isNotNull();
  }

  @Test
  void never_counts_more_different_members_than_the_limit_in_any_window() {
    randomly(
        seed -> {
          Random random = new Random(seed);
          Claims claims = fresh();
          Claims twin = new MemoryClaims(clock);
          for (int i = 0; i < 300; i++) {
            clock.advance(Duration.ofMillis(1 + random.nextInt(9_000)));
            Claim wanted = object("o" + random.nextInt(9), 4);
            boolean taken = take(claims, wanted) != null;
            assertThat(taken).as("seed %s, step %s", seed, i).isEqualTo(take(twin, wanted) != null);
          }
        });
  }

  /// Claims that have taken a charge: an adapter may send charges ahead and wait for none, and the
  /// first of them takes longer.
  private Claims charged() {
    Claims claims = fresh();
    long many = 100_000;
    Claim other = Claim.take("contract/other", 1, many, MINUTE, Why.SPENT);
    claims.charge(Claim.take("contract/other", 2 * many, many, MINUTE, Why.SPENT));
    Waiting.until("the charge is taken", () -> take(claims, other) == null);
    return claims;
  }

  @Test
  void a_bucket_that_was_charged_more_than_it_held_owes_the_rest() {
    Claims claims = charged();
    Claim one = Claim.take("contract/owed", 1, 10, MINUTE, Why.SPENT);
    settle(claims, take(claims, one), Settlement.CLEARED);
    claims.charge(Claim.take("contract/owed", 29, 10, MINUTE, Why.SPENT));
    assertThat(take(claims, one)).isNull();
    Duration due = MINUTE.multipliedBy(21).dividedBy(10);
    assertThat(wait(claims, one)).isBetween(due.minus(TICK), due.plus(TICK));

    elapse(due.minus(Duration.ofSeconds(1)));
    assertThat(take(claims, one)).isNull();
    elapse(Duration.ofSeconds(1).plus(TICK));
    assertThat(take(claims, one)).isNotNull();
    assertThat(take(claims, one)).isNull();
  }

  @Test
  void a_bucket_that_nobody_took_from_yet_can_be_charged() {
    Claims claims = charged();
    claims.charge(Claim.take("contract/new", 11, 10, MINUTE, Why.SPENT));

    assertThat(take(claims, Claim.take("contract/new", 1, 10, MINUTE, Why.SPENT))).isNull();
  }

  @Test
  void a_window_and_a_period_that_were_charged_are_spent_until_they_have_passed() {
    Claims claims = charged();
    Claim counted = Claim.count("contract/window", 1, 10, MINUTE, Why.SPENT);
    Claim within = Claim.within("contract/period", 1, 10, MINUTE, Why.SPENT);
    claims.charge(Claim.count("contract/window", 29, 10, MINUTE, Why.SPENT));
    claims.charge(Claim.within("contract/period", 29, 10, MINUTE, Why.SPENT));
    assertThat(take(claims, counted)).isNull();
    assertThat(take(claims, within)).isNull();

    elapse(MINUTE.multipliedBy(2));
    assertThat(take(claims, counted)).isNotNull();
    assertThat(take(claims, within)).isNotNull();
  }

  @Test
  void tells_which_limit_is_the_tightest() {
    Claims claims = fresh();
    Claim loose = Claim.take("contract/a", 1, 100, MINUTE, Why.SPENT).told("\"loose\";q=100;w=60");
    Claim tight = Claim.count("contract/b", 1, 5, MINUTE, Why.SPENT).told("\"tight\";q=5;w=60");
    Claims.Taken taken = claims.take(List.of(loose, tight), clock.instant().plus(DEADLINE));

    assertThat(((Claims.Taken.Granted) taken).tightest().policy()).isEqualTo("\"tight\";q=5;w=60");
  }

  @Test
  void gives_back_a_member_that_came_with_a_refused_exchange() {
    Claims claims = fresh();
    drain(claims, object("o1", 2), 1);
    settle(claims, take(claims, object("o2", 2)), Settlement.REFUSED);

    assertThat(take(claims, object("o3", 2))).isNotNull();
    assertThat(take(claims, object("o2", 2))).isNull();
  }

  @Test
  void keeps_a_member_that_others_saw_since_it_came_with_a_refused_exchange() {
    Claims claims = fresh();
    Receipt refused = take(claims, object("o1", 1));
    drain(claims, object("o1", 1), 1);
    settle(claims, refused, Settlement.REFUSED);

    assertThat(take(claims, object("o2", 1))).isNull();
  }

  @Test
  void takes_no_member_where_another_claim_is_refused() {
    Claims claims = fresh();
    drain(claims, token(1), 1);
    assertThat(take(claims, object("o1", 1), token(1))).isNull();

    assertThat(take(claims, object("o2", 1))).isNotNull();
  }

  @Test
  void counts_the_members_of_one_exchange_together() {
    Claims claims = fresh();
    assertThat(take(claims, object("o1", 2), object("o2", 2), object("o3", 2))).isNull();
    assertThat(take(claims, object("o1", 2), object("o2", 2), object("o1", 2))).isNotNull();
    assertThat(take(claims, object("o3", 2))).isNull();
  }

  @Test
  void grants_no_more_different_members_to_many_who_race_for_them() {
    Claims claims = fresh();
    assertThat(race(8, 100, i -> object("o" + i, 60), claims)).isEqualTo(480);
  }

  @Test
  void blocks_who_was_refused_for_as_long_as_was_said() {
    for (Claim limit : blocking()) {
      Claims claims = fresh();
      drain(claims, limit, 1);
      drain(claims, limit.member() == null ? limit : object("o2", 2), 1);
      Claim other = limit.member() == null ? limit : object("other", 2).blocking(BLOCK);
      assertThat(cause(claims, other)).as(limit.key()).isEqualTo(Cause.SPENT);
      assertThat(wait(claims, other)).as(limit.key()).isGreaterThanOrEqualTo(BLOCK.minus(TICK));

      elapse(BLOCK.minusSeconds(10));
      assertThat(cause(claims, other)).as(limit.key()).isEqualTo(Cause.SPENT);
      elapse(Duration.ofSeconds(11));
      assertThat(take(claims, other)).as(limit.key()).isNotNull();
    }
  }

  @Test
  void blocks_nobody_for_longer_because_they_ask_again() {
    Claims claims = fresh();
    Claim limit = token(2).blocking(BLOCK);
    drain(claims, limit, 2);
    for (int i = 0; i < 10; i++) {
      assertThat(take(claims, limit)).isNull();
      elapse(BLOCK.dividedBy(10));
    }
    elapse(TICK);

    assertThat(take(claims, limit)).isNotNull();
  }

  @Test
  void blocks_nobody_who_was_not_refused() {
    Claims claims = fresh();
    drain(claims, token(2).blocking(BLOCK), 2);
    elapse(MINUTE);

    assertThat(take(claims, token(2).blocking(BLOCK))).isNotNull();
  }

  @Test
  void keeps_a_block_while_others_give_back() {
    Claims claims = fresh();
    Claim limit = token(2).blocking(BLOCK);
    Receipt one = take(claims, limit);
    Receipt two = take(claims, limit);
    assertThat(take(claims, limit)).isNull();
    settle(claims, one, Settlement.REFUSED);
    settle(claims, two, Settlement.REFUSED);

    assertThat(cause(claims, limit)).isEqualTo(Cause.SPENT);
  }

  @Test
  void keeps_what_is_kept_if_declined_of_a_declined_exchange_alone() {
    for (Settlement settlement : Settlement.values()) {
      Claims claims = fresh();
      settle(claims, take(claims, token(1).keptIfDeclined()), settlement);

      assertThat(take(claims, token(1).keptIfDeclined()) == null)
          .as("%s", settlement)
          .isEqualTo(settlement == Settlement.DECLINED);
    }
  }

  @Test
  void keeps_fair_use_of_a_declined_exchange_and_frees_its_ids() {
    Claims claims = fresh();
    settle(claims, take(claims, token(1)), Settlement.DECLINED);
    settle(claims, take(claims, event("e1")), Settlement.DECLINED);

    assertThat(take(claims, token(1))).isNull();
    assertThat(take(claims, event("e1"))).isNotNull();
  }

  @Test
  void keeps_until_success_whatever_becomes_of_the_exchange() {
    for (Settlement settlement :
        List.of(Settlement.REFUSED, Settlement.CLEARED, Settlement.DECLINED)) {
      Claims claims = fresh();
      settle(claims, take(claims, token(1).keptUntilSuccess()), settlement);

      assertThat(take(claims, token(1).keptUntilSuccess())).as("%s", settlement).isNull();
    }
  }

  @Test
  void forgets_everything_under_a_key_with_success() {
    for (Claim limit : blocking()) {
      Claims claims = fresh();
      Claim until = limit.keptUntilSuccess();
      Claim other =
          limit.member() == null ? until : object("other", 2).blocking(BLOCK).keptUntilSuccess();
      settle(claims, take(claims, until), Settlement.DECLINED);
      Receipt good = take(claims, other);
      assertThat(good).as(limit.key()).isNotNull();
      Claim third = limit.member() == null ? until : object("third", 2).blocking(BLOCK);
      assertThat(take(claims, third)).as(limit.key()).isNull();
      settle(claims, good, Settlement.DELIVERED);

      assertThat(take(claims, third)).as(limit.key()).isNotNull();
    }
  }

  private static final Duration BLOCK = MINUTE.multipliedBy(5);

  private static List<Claim> blocking() {
    return List.of(
        token(2).blocking(BLOCK),
        counted(2).blocking(BLOCK),
        within(2, MINUTE).blocking(BLOCK),
        object("o1", 1).limitedTo(2).blocking(BLOCK));
  }
}
