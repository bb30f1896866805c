package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Receipt;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What every adapter of `Claims` keeps: a claim is neither lost nor doubled, whatever becomes of
/// the exchange and whoever races for it.
///
/// A test of an adapter extends it and says how to make one.
public abstract class ClaimsContract extends ClaimsScene {
  @Test
  void grants_an_id_once() {
    Claims claims = fresh();
    settle(claims, take(claims, event("e1")), Settlement.DELIVERED);

    assertThat(take(claims, event("e1"))).isNull();
    assertThat(take(claims, event("e2"))).isNotNull();
  }

  @Test
  void says_that_an_id_is_in_flight_until_it_is_settled() {
    Claims claims = fresh();
    take(claims, event("e1"));

    assertThat(cause(claims, event("e1"))).isEqualTo(Cause.IN_FLIGHT);
  }

  @Test
  void says_that_an_id_was_delivered() {
    Claims claims = fresh();
    settle(claims, take(claims, event("e1")), Settlement.DELIVERED);

    assertThat(cause(claims, event("e1"))).isEqualTo(Cause.DELIVERED);
  }

  @Test
  void frees_an_id_that_the_upstream_did_not_take() {
    Claims claims = fresh();
    settle(claims, take(claims, event("e1")), Settlement.CLEARED);

    assertThat(take(claims, event("e1"))).isNotNull();
  }

  @Test
  void frees_an_id_of_an_exchange_that_was_refused() {
    Claims claims = fresh();
    settle(claims, take(claims, event("e1")), Settlement.REFUSED);

    assertThat(take(claims, event("e1"))).isNotNull();
  }

  @Test
  void keeps_an_id_that_is_kept_if_cleared_from_forwarding_on() {
    Claims claims = fresh();
    Claim claim = Claim.once("once/a", MINUTE, Why.SPENT).keptIfCleared();
    settle(claims, take(claims, claim), Settlement.CLEARED);

    assertThat(cause(claims, claim)).isEqualTo(Cause.SPENT);
  }

  @Test
  void keeps_an_id_that_is_kept_always_whatever_becomes_of_the_exchange() {
    Claims claims = fresh();
    Claim proof = Claim.once("once/jti", MINUTE, Why.SPENT).keptAlways();
    Receipt receipt = take(claims, proof);

    assertThat(cause(claims, proof)).isEqualTo(Cause.SPENT);
    settle(claims, receipt, Settlement.REFUSED);
    assertThat(cause(claims, proof)).isEqualTo(Cause.SPENT);
  }

  @Test
  void keeps_an_id_that_is_kept_always_through_a_crash() {
    Claims claims = fresh();
    Claim proof = Claim.once("once/jti", MINUTE, Why.SPENT).keptAlways();
    take(claims, proof);
    clock.advance(DEADLINE);

    assertThat(cause(claims, proof)).isEqualTo(Cause.SPENT);
  }

  @Test
  void remembers_a_delivered_id_for_its_window_and_no_longer() {
    Claims claims = fresh();
    settle(claims, take(claims, event("e1")), Settlement.DELIVERED);
    clock.advance(MINUTE.minus(TICK));
    assertThat(take(claims, event("e1"))).isNull();

    clock.advance(TICK);
    assertThat(take(claims, event("e1"))).isNotNull();
  }

  @Test
  void frees_an_id_at_the_deadline_when_nobody_settled_it() {
    Claims claims = fresh();
    take(claims, event("e1"));
    clock.advance(DEADLINE.minus(TICK));
    assertThat(cause(claims, event("e1"))).isEqualTo(Cause.IN_FLIGHT);

    clock.advance(TICK);
    assertThat(take(claims, event("e1"))).isNotNull();
  }

  @Test
  void lets_a_settlement_behind_the_deadline_change_nothing_for_who_took_the_id_since() {
    Claims claims = fresh();
    Receipt late = take(claims, event("e1"));
    clock.advance(DEADLINE);
    Receipt now = take(claims, event("e1"));
    settle(claims, late, Settlement.CLEARED);

    assertThat(cause(claims, event("e1"))).isEqualTo(Cause.IN_FLIGHT);
    settle(claims, now, Settlement.DELIVERED);
    assertThat(cause(claims, event("e1"))).isEqualTo(Cause.DELIVERED);
  }

  @Test
  void lets_a_second_settlement_change_nothing() {
    Claims claims = fresh();
    Receipt receipt = take(claims, event("e1"));
    settle(claims, receipt, Settlement.DELIVERED);
    settle(claims, receipt, Settlement.REFUSED);

    assertThat(cause(claims, event("e1"))).isEqualTo(Cause.DELIVERED);
  }

  @Test
  void grants_a_bucket_to_the_last_and_no_further() {
    Claims claims = fresh();
    for (int i = 0; i < 6; i++) {
      assertThat(take(claims, token(6))).as("token %s", i).isNotNull();
    }
    assertThat(cause(claims, token(6))).isEqualTo(Cause.SPENT);
  }

  @Test
  void grants_again_when_it_said_it_would_and_not_before() {
    Claims claims = fresh();
    drain(claims, token(6), 6);
    Duration wait = wait(claims, token(6));
    assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(10).plus(TICK));

    clock.advance(Duration.ofSeconds(10).minus(TICK));
    assertThat(take(claims, token(6))).isNull();
    clock.advance(TICK);
    assertThat(take(claims, token(6))).isNotNull();
    assertThat(take(claims, token(6))).isNull();
  }

  @Test
  void never_grants_more_than_a_bucket_holds() {
    Claims claims = fresh();
    assertThat(take(claims, Claim.take("take/big", 7, 6, MINUTE, Why.SPENT))).isNull();
    assertThat(take(claims, Claim.take("take/big", 6, 6, MINUTE, Why.SPENT))).isNotNull();
  }

  @Test
  void fills_a_bucket_no_higher_than_it_is() {
    Claims claims = fresh();
    drain(claims, token(6), 6);
    clock.advance(MINUTE.multipliedBy(100));
    drain(claims, token(6), 6);

    assertThat(take(claims, token(6))).isNull();
  }

  @Test
  void gives_back_what_a_refused_exchange_took() {
    Claims claims = fresh();
    drain(claims, token(6), 5);
    settle(claims, take(claims, token(6)), Settlement.REFUSED);

    assertThat(take(claims, token(6))).isNotNull();
    assertThat(take(claims, token(6))).isNull();
  }

  @Test
  void gives_back_once_only() {
    Claims claims = fresh();
    drain(claims, token(6), 5);
    Receipt receipt = take(claims, token(6));
    settle(claims, receipt, Settlement.REFUSED);
    settle(claims, receipt, Settlement.REFUSED);
    drain(claims, token(6), 1);

    assertThat(take(claims, token(6))).isNull();
  }

  @Test
  void gives_nothing_back_that_has_flowed_back_by_itself() {
    Claims claims = fresh();
    Receipt first = take(claims, Claim.take("take/b", 6, 6, MINUTE, Why.SPENT));
    clock.advance(MINUTE);
    Claim all = Claim.take("take/b", 6, 6, MINUTE, Why.SPENT);
    settle(claims, take(claims, all), Settlement.DELIVERED);
    settle(claims, first, Settlement.REFUSED);

    assertThat(take(claims, Claim.take("take/b", 1, 6, MINUTE, Why.SPENT))).isNull();
  }

  @Test
  void keeps_what_is_kept_always_of_a_refused_exchange() {
    Claims claims = fresh();
    for (int i = 0; i < 6; i++) {
      settle(claims, take(claims, token(6).keptAlways()), Settlement.REFUSED);
    }
    assertThat(take(claims, token(6).keptAlways())).isNull();
  }

  @Test
  void keeps_amounts_that_nobody_settled() {
    Claims claims = fresh();
    Claim slow = Claim.take("take/slow", 1, 1, Duration.ofHours(1), Why.SPENT);
    take(claims, slow);
    clock.advance(DEADLINE.plus(MINUTE));

    assertThat(take(claims, slow)).isNull();
  }

  @Test
  void counts_to_the_limit_and_no_further() {
    Claims claims = fresh();
    drain(claims, counted(6), 6);
    assertThat(cause(claims, counted(6))).isEqualTo(Cause.SPENT);

    clock.advance(MINUTE.minus(TICK));
    assertThat(take(claims, counted(6))).isNull();
  }

  @Test
  void forgets_a_count_an_eighth_of_the_window_late_at_most() {
    Claims claims = fresh();
    drain(claims, counted(6), 6);
    clock.advance(MINUTE.plus(MINUTE.dividedBy(8)).plus(TICK));

    drain(claims, counted(6), 6);
    assertThat(take(claims, counted(6))).isNull();
  }

  @Test
  void never_counts_more_than_the_limit_in_any_window() {
    randomly(
        seed -> {
          Random random = new Random(seed);
          Claims claims = fresh();
          List<Long> granted = new ArrayList<>();
          for (int i = 0; i < 400; i++) {
            clock.advance(Duration.ofMillis(random.nextInt(6_000)));
            if (take(claims, counted(10)) != null) {
              granted.add(clock.instant().toEpochMilli());
            }
          }
          for (int i = 10; i < granted.size(); i++) {
            assertThat(granted.get(i) - granted.get(i - 10))
                .as("seed %s, grant %s", seed, i)
                .isGreaterThanOrEqualTo(MINUTE.toMillis());
          }
        });
  }

  @Test
  void gives_back_a_count_of_a_refused_exchange() {
    Claims claims = fresh();
    drain(claims, counted(6), 5);
    settle(claims, take(claims, counted(6)), Settlement.REFUSED);

    assertThat(take(claims, counted(6))).isNotNull();
    assertThat(take(claims, counted(6))).isNull();
  }

  @Test
  void counts_within_a_period_and_no_further() {
    Claims claims = fresh();
    drain(claims, within(3, MINUTE), 3);

    assertThat(cause(claims, within(3, MINUTE))).isEqualTo(Cause.SPENT);
    assertThat(wait(claims, within(3, MINUTE))).isBetween(MINUTE.minusSeconds(1), MINUTE);
  }

  @Test
  void counts_anew_when_a_period_has_ended() {
    Claims claims = fresh();
    drain(claims, within(3, MINUTE), 3);
    elapse(MINUTE.plus(TICK));

    assertThat(take(claims, within(3, MINUTE))).isNotNull();
  }

  @Test
  void ends_a_period_when_it_ends_however_late_it_is_counted() {
    Claims claims = fresh();
    drain(claims, within(3, MINUTE), 2);
    elapse(Duration.ofSeconds(40));
    drain(claims, within(3, Duration.ofSeconds(20)), 1);
    elapse(Duration.ofSeconds(19));
    assertThat(take(claims, within(3, Duration.ofSeconds(1)))).isNull();
    elapse(Duration.ofSeconds(1).plus(TICK));

    assertThat(take(claims, within(3, MINUTE))).isNotNull();
  }

  @Test
  void gives_back_to_a_period_what_a_refused_exchange_took() {
    Claims claims = fresh();
    drain(claims, within(3, MINUTE), 2);
    settle(claims, take(claims, within(3, MINUTE)), Settlement.REFUSED);

    assertThat(take(claims, within(3, MINUTE))).isNotNull();
    assertThat(take(claims, within(3, MINUTE))).isNull();
  }

  @Test
  void takes_nothing_of_a_period_where_another_claim_is_refused() {
    Claims claims = fresh();
    drain(claims, token(1), 1);
    assertThat(take(claims, within(1, MINUTE), token(1))).isNull();

    assertThat(take(claims, within(1, MINUTE))).isNotNull();
  }

  @Test
  void tells_what_is_left_of_a_period() {
    Claims claims = fresh();
    Taken taken = claims.take(List.of(within(3, MINUTE)), clock.instant().plus(DEADLINE));

    Claims.Allowance left = ((Taken.Granted) taken).tightest();
    assertThat(left.limit()).isEqualTo(3);
    assertThat(left.remaining()).isEqualTo(2);
    assertThat(left.reset()).isBetween(MINUTE.minusSeconds(1), MINUTE);
  }

  @Test
  void takes_all_of_several_claims_or_none() {
    Claims claims = fresh();
    settle(claims, take(claims, event("e1")), Settlement.DELIVERED);
    assertThat(take(claims, token(1), event("e1"))).isNull();
    assertThat(take(claims, event("e1"), token(1))).isNull();

    assertThat(take(claims, token(1))).isNotNull();
  }

  @Test
  void names_the_claim_that_cannot_be_taken() {
    Claims claims = fresh();
    drain(claims, token(1), 1);
    Taken taken = claims.take(List.of(event("e1"), token(1)), clock.instant().plus(DEADLINE));

    assertThat(((Taken.Refused) taken).claim()).isEqualTo(token(1));
  }

  @Test
  void adds_up_what_one_exchange_takes_of_the_same_bucket() {
    Claims claims = fresh();
    assertThat(take(claims, token(2), token(2), token(2))).isNull();
    assertThat(take(claims, token(2), token(2))).isNotNull();
    assertThat(take(claims, token(2))).isNull();
  }

  @Test
  void grants_the_same_id_to_one_exchange_once() {
    Claims claims = fresh();
    assertThat(take(claims, event("e1"), event("e1"))).isNull();
    assertThat(take(claims, event("e1"))).isNotNull();
  }

  @Test
  void keeps_what_guards_in_observe_take_apart() {
    Claims claims = fresh();
    drain(claims, token(1).observed(), 1);
    assertThat(take(claims, token(1).observed())).isNull();

    assertThat(take(claims, token(1))).isNotNull();
  }

  @Test
  void tells_the_tightest_of_what_is_left() {
    Claims claims = fresh();
    Taken taken =
        claims.take(List.of(token(6), counted(3), event("e1")), clock.instant().plus(DEADLINE));

    Claims.Allowance tightest = ((Taken.Granted) taken).tightest();
    assertThat(tightest.limit()).isEqualTo(3);
    assertThat(tightest.remaining()).isEqualTo(2);
  }

  @Test
  void tells_what_is_left_for_the_fewest_requests_of_the_same_cost() {
    Claims claims = fresh();
    Claim dear = Claim.take("dear", 50, 200, MINUTE, Why.SPENT);
    Taken taken = claims.take(List.of(token(20), dear), clock.instant().plus(DEADLINE));

    Claims.Allowance tightest = ((Taken.Granted) taken).tightest();
    assertThat(tightest.limit()).isEqualTo(200);
    assertThat(tightest.remaining()).isEqualTo(150);
  }

  @Test
  void forgets_no_count_where_other_settings_make_it_a_smaller_one_of_another_length() {
    Claims claims = fresh();
    drain(claims, Claim.count("tuned", 1, 30, MINUTE, Why.SPENT), 30);
    assertThat(take(claims, Claim.count("tuned", 1, 3, MINUTE, Why.SPENT))).isNull();

    assertThat(take(claims, Claim.count("tuned", 1, 30, MINUTE.multipliedBy(2), Why.SPENT)))
        .isNull();
  }

  @Test
  void refills_no_bucket_to_make_room_for_others() {
    Claims claims = claims(64);
    drain(claims, token(6), 6);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      refused += cause(claims, Claim.take("flood/" + i, 1, 6, MINUTE, Why.SPENT)) == null ? 0 : 1;
    }

    assertThat(refused).isPositive();
    assertThat(cause(claims, token(6))).isEqualTo(Cause.SPENT);
  }

  @Test
  void forgets_no_id_to_make_room_for_others() {
    Claims claims = claims(64);
    settle(claims, take(claims, event("e1")), Settlement.DELIVERED);
    for (int i = 0; i < 1_000; i++) {
      settle(claims, take(claims, event("flood" + i)), Settlement.DELIVERED);
    }

    assertThat(cause(claims, event("e1"))).isEqualTo(Cause.DELIVERED);
  }

  @Test
  void has_room_again_when_what_it_remembered_is_over() {
    Claims claims = claims(64);
    for (int i = 0; i < 1_000; i++) {
      settle(claims, take(claims, event("flood" + i)), Settlement.DELIVERED);
    }
    elapse(MINUTE.multipliedBy(2));
    int granted = 0;
    for (int i = 0; i < 1_000; i++) {
      granted += take(claims, event("later" + i)) == null ? 0 : 1;
    }

    assertThat(granted).isPositive();
  }

  @Test
  void grants_an_id_to_one_of_many_who_race_for_it() {
    Claims claims = fresh();
    assertThat(race(8, 100, i -> event("e" + i), claims)).isEqualTo(100);
  }

  @Test
  void grants_no_more_of_a_bucket_to_many_who_race_for_it() {
    Claims claims = fresh();
    assertThat(race(8, 100, _ -> token(250), claims)).isEqualTo(250);
  }

  @Test
  void grants_no_more_of_a_count_to_many_who_race_for_it() {
    Claims claims = fresh();
    assertThat(race(8, 100, _ -> counted(250), claims)).isEqualTo(250);
  }

  @Test
  void never_stands_still_when_exchanges_take_the_same_claims_in_different_order() {
    Claims claims = fresh();
    Claim one = Claim.take("take/one", 1, 1_000, MINUTE, Why.SPENT);
    Claim other = Claim.take("take/other", 1, 1_000, MINUTE, Why.SPENT);
    AtomicInteger granted = new AtomicInteger();
    together(
        8,
        thread -> {
          for (int i = 0; i < 100; i++) {
            Claim[] both =
                (thread + i) % 2 == 0 ? new Claim[] {one, other} : new Claim[] {other, one};
            granted.addAndGet(take(claims, both) == null ? 0 : 1);
          }
        });

    assertThat(granted.get()).isEqualTo(800);
    assertThat(take(claims, Claim.take("take/one", 201, 1_000, MINUTE, Why.SPENT))).isNull();
    assertThat(take(claims, Claim.take("take/other", 200, 1_000, MINUTE, Why.SPENT))).isNotNull();
  }

  @Test
  void loses_and_doubles_nothing_when_exchanges_race_and_some_give_back() {
    Claims claims = fresh();
    AtomicInteger kept = new AtomicInteger();
    together(
        8,
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < 200; i++) {
            Receipt receipt = take(claims, token(100));
            boolean keeps = random.nextInt(4) == 0;
            if (receipt != null) {
              claims.settle(receipt, keeps ? Settlement.DELIVERED : Settlement.REFUSED);
              kept.addAndGet(keeps ? 1 : 0);
            }
          }
        });
    int left = 0;
    while (take(claims, token(100)) != null) {
      left++;
    }

    assertThat(kept.get() + left).isEqualTo(100);
  }

  @Test
  void agrees_with_the_slow_and_obvious_twin() {
    randomly(
        seed -> {
          Random random = new Random(seed);
          Claims claims = fresh();
          Claims twin = new MemoryClaims(clock);
          for (int i = 0; i < 300; i++) {
            clock.advance(Duration.ofMillis(500L * random.nextInt(20)));
            List<Claim> wanted = wanted(random);
            Taken expected = twin.take(wanted, clock.instant().plus(DEADLINE));
            Taken taken = claims.take(wanted, clock.instant().plus(DEADLINE));
            assertThat(told(taken))
                .as("seed %s, step %s, %s", seed, i, wanted)
                .isEqualTo(told(expected));
            Settlement settlement = Settlement.values()[random.nextInt(4)];
            if (random.nextInt(5) > 0
                && taken instanceof Taken.Granted(Receipt mine, var _)
                && expected instanceof Taken.Granted(Receipt theirs, var _)) {
              claims.settle(mine, settlement);
              twin.settle(theirs, settlement);
            }
          }
        });
  }

  private static List<Claim> wanted(Random random) {
    List<Claim> wanted = new ArrayList<>();
    Claim.Kept[] kept = Claim.Kept.values();
    for (int i = random.nextInt(2); i >= 0; i--) {
      String key = "k" + random.nextInt(4);
      Claim claim =
          random.nextBoolean()
              ? Claim.once("once/" + key, MINUTE, Why.SPENT)
              : Claim.take("take/" + key, 1 + random.nextInt(3), 6, MINUTE, Why.SPENT);
      wanted.add(
          switch (kept[random.nextInt(kept.length)]) {
            case ALWAYS -> claim.keptAlways();
            case IF_CLEARED -> claim.keptIfCleared();
            case IF_DELIVERED -> claim.keptIfDelivered();
            case IF_DECLINED -> claim.keptIfDeclined();
            case UNLESS_DECLINED -> claim.keptUnlessDeclined();
            case UNTIL_SUCCESS ->
                claim.kind() == Claim.Kind.ONCE ? claim.keptAlways() : claim.keptUntilSuccess();
          });
    }
    return wanted;
  }

  private static String told(Taken taken) {
    return switch (taken) {
      case Taken.Granted _ -> "granted";
      case Taken.Refused _ -> "refused";
    };
  }
}
