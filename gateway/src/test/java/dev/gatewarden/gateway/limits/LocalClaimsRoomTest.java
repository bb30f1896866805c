package dev.gatewarden.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.ClaimsScene.Why;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of limits where there are more keys than there is room for.
@Timeout(120)
class LocalClaimsRoomTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int MILLION = 1_000_000;

  private final FakeClock clock = new FakeClock();

  @Test
  void refills_nobody_and_harms_no_known_caller_with_a_million_live_keys() {
    LocalClaims claims = new LocalClaims(clock, MILLION);
    Random random = new Random(7);
    List<Claim> known = new ArrayList<>();
    int[] used = new int[1_000];
    for (int i = 0; i < used.length; i++) {
      known.add(Claim.take("principal-limit/shop.list/honest" + i, 1, 100, MONTH, Why.SPENT));
      used[i] = 1 + random.nextInt(100);
      for (int j = 0; j < used[i]; j++) {
        assertThat(taken(claims, known.get(i))).isTrue();
      }
    }
    for (int i = 0; i < MILLION + MILLION / 5; i++) {
      taken(claims, Claim.take("principal-limit/shop.list/new" + i, 1, 100, MONTH, Why.SPENT));
    }

    assertThat(claims.size()).isLessThanOrEqualTo(MILLION);
    for (int i = 0; i < used.length; i++) {
      assertThat(drained(claims, known.get(i))).as("honest%s", i).isEqualTo(100 - used[i]);
    }
  }

  @Test
  void leaves_room_for_other_limits_where_one_is_flooded() {
    LocalClaims claims = new LocalClaims(clock, 10_000);
    for (int i = 0; i < 50_000; i++) {
      taken(claims, Claim.within("share-limit/shop.guests/net" + i, 1, 9, MONTH, Why.SPENT));
    }
    int before = claims.size();
    for (int i = 0; i < 200; i++) {
      Claim other = Claim.within("share-limit/shop.tenants/t" + i, 1, 9, MONTH, Why.SPENT);
      assertThat(drained(claims, other)).isEqualTo(9);
      Claim id = Claim.once("event-once/bank/e" + i, MINUTE, Why.SPENT);
      assertThat(taken(claims, id)).isTrue();
      assertThat(taken(claims, id)).isFalse();
    }

    assertThat(claims.size()).isEqualTo(before + 400);
  }

  @Test
  void answers_from_a_coarse_bucket_who_finds_no_room_and_gives_nobody_more_than_their_limit() {
    LocalClaims claims = new LocalClaims(clock, 400);
    for (int i = 0; i < 10_000; i++) {
      taken(claims, Claim.take("limit/flood" + i, 1, 50, MINUTE, Why.SPENT));
      taken(claims, Claim.take("limit/flood" + i, 1, 50, MINUTE, Why.SPENT));
    }
    clock.advance(MINUTE.dividedBy(2));
    int some = 0;
    for (int i = 0; i < 200; i++) {
      int granted = drained(claims, Claim.take("limit/new" + i, 1, 50, MINUTE, Why.SPENT));
      assertThat(granted).isLessThanOrEqualTo(50);
      some += granted > 0 ? 1 : 0;
    }

    assertThat(some).isPositive();
    assertThat(claims.size()).isLessThanOrEqualTo(400);
  }

  @Test
  void gives_nobody_more_because_there_is_room_again() {
    for (Claim limit :
        List.of(
            Claim.take("limit/late", 1, 10, MONTH, Why.SPENT),
            Claim.count("limit/late", 1, 10, MONTH, Why.SPENT),
            Claim.within("limit/late", 1, 10, MONTH, Why.SPENT))) {
      LocalClaims claims = new LocalClaims(clock, 100);
      List<Claims.Receipt> ids = new ArrayList<>();
      Taken last;
      for (int i = 0; i < 100; i++) {
        Claim id = Claim.once("limit/id" + i, MONTH, Why.SPENT).keptIfDelivered();
        last = claims.take(List.of(id), clock.instant().plus(MONTH));
        if (last instanceof Taken.Granted(Claims.Receipt receipt, var _)) {
          ids.add(receipt);
        }
      }
      assertThat(drained(claims, limit)).isEqualTo(10);
      assertThat(claims.shared()).isPositive();
      for (Claims.Receipt id : ids) {
        claims.settle(id, Settlement.CLEARED);
      }

      assertThat(drained(claims, limit)).isZero();
    }
  }

  @Test
  void refuses_new_ids_where_there_is_no_room_and_forgets_none() {
    LocalClaims claims = new LocalClaims(clock, 100);
    Claim first = Claim.once("event-once/bank/first", MINUTE, Why.SPENT);
    assertThat(taken(claims, first)).isTrue();
    Cause cause = null;
    for (int i = 0; i < 200; i++) {
      Claim id = Claim.once("event-once/bank/e" + i, MINUTE, Why.SPENT);
      if (take(claims, id) instanceof Taken.Refused refused) {
        cause = refused.cause();
      }
    }

    assertThat(cause).isEqualTo(Cause.FULL);
    assertThat(taken(claims, first)).isFalse();
  }

  @Test
  void has_all_room_for_what_was_remembered_before_it_began() {
    LocalClaims claims = new LocalClaims(clock, 1_000);
    claims.remembering(true);
    for (int i = 0; i < 1_000; i++) {
      assertThat(taken(claims, Claim.once("event-once/bank/e" + i, MONTH, Why.SPENT))).isTrue();
    }
    claims.remembering(false);

    assertThat(taken(claims, Claim.once("event-once/bank/new", MONTH, Why.SPENT))).isFalse();
    assertThat(taken(claims, Claim.once("event-once/bank/e1", MONTH, Why.SPENT))).isFalse();
  }

  @Test
  void lets_no_name_of_a_limit_take_the_room_of_all() {
    LocalClaims claims = new LocalClaims(clock, 3_200);
    for (int i = 0; i < 100_000; i++) {
      taken(claims, Claim.take("made-up/name" + i + "/x", 1, 9, MONTH, Why.SPENT));
    }

    assertThat(drained(claims, Claim.take("other/limit/alice", 1, 9, MONTH, Why.SPENT)))
        .isEqualTo(9);
  }

  @Test
  void bounds_what_the_members_of_a_set_take() {
    LocalClaims claims = new LocalClaims(clock, 1_000);
    int granted = 0;
    for (int i = 0; i < 100_000; i++) {
      granted += taken(claims, object("crawler", "o" + i, 1_000_000)) ? 1 : 0;
    }

    assertThat(granted).isLessThan(20_000);
    assertThat(taken(claims, object("crawler", "o1", 1_000_000))).isTrue();
  }

  @Test
  void blocks_nobody_for_what_others_did_with_a_bucket_they_share() {
    LocalClaims claims = new LocalClaims(clock, 4);
    for (int i = 0; i < 20_000; i++) {
      taken(
          claims,
          Claim.take("limit/flood" + i, 1, 2, MINUTE, Why.SPENT).blocking(Duration.ofDays(1)));
    }
    clock.advance(MINUTE);
    Claim honest = Claim.take("limit/honest", 1, 2, MINUTE, Why.SPENT).blocking(Duration.ofDays(1));

    assertThat(taken(claims, honest)).isTrue();
  }

  @Test
  void stands_still_for_nobody_where_threads_share_buckets_in_any_order() throws Exception {
    LocalClaims claims = new LocalClaims(clock, 8);
    for (int i = 0; i < 1_000; i++) {
      taken(claims, Claim.take("limit/flood" + i, 1, 9, MONTH, Why.SPENT));
    }
    AtomicInteger answered = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      Random random = new Random(t);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 5_000; i++) {
                      List<Claim> some = new ArrayList<>();
                      for (int j = 0; j < 4; j++) {
                        String key = "limit/new" + random.nextInt(2_000);
                        some.add(Claim.take(key, 1, 1_000_000, MONTH, Why.SPENT));
                      }
                      var unused = claims.take(some, clock.instant().plus(MINUTE));
                      answered.incrementAndGet();
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answered).hasValue(40_000);
  }

  @Test
  void keeps_keys_of_any_length_apart() {
    LocalClaims claims = new LocalClaims(clock, 100);
    String length = "x".repeat(10_000);
    Claim one = Claim.take("limit/" + length + "1", 1, 1, MINUTE, Why.SPENT);

    assertThat(taken(claims, one)).isTrue();
    assertThat(taken(claims, one)).isFalse();
    assertThat(taken(claims, Claim.take("limit/" + length + "2", 1, 1, MINUTE, Why.SPENT)))
        .isTrue();
  }

  private Claim object(String who, String member, long limit) {
    return Claim.distinct("objects/" + who, member, limit, MONTH, Why.SPENT);
  }

  private int drained(Claims claims, Claim claim) {
    int granted = 0;
    while (taken(claims, claim)) {
      granted++;
    }
    return granted;
  }

  private boolean taken(Claims claims, Claim claim) {
    return take(claims, claim) instanceof Taken.Granted;
  }

  private Taken take(Claims claims, Claim claim) {
    return claims.take(List.of(claim), clock.instant().plus(MINUTE));
  }
}
