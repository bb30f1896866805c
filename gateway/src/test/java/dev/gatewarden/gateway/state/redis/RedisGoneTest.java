package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Cause;
import dev.gatewarden.core.decision.Claims.Settlement;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.ports.ClaimsContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class RedisGoneTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private final InstantSource clock = InstantSource.system();
  private final RealRedis server = new RealRedis();
  private final Redis redis = Redis.open(server.settings());

  @AfterEach
  void close() {
    redis.close();
    server.close();
  }

  @Test
  void refuses_what_must_be_remembered_while_it_is_gone_and_goes_on_when_it_is_back() {
    Claims claims = claims(Claim.WhenGone.CLOSED);
    assertThat(take(claims, limit(100))).isInstanceOf(Taken.Granted.class);
    server.kill();
    awaitGone(claims);
    assertThat(take(claims, limit(100)))
        .isInstanceOfSatisfying(
            Taken.Refused.class,
            refused -> assertThat(refused.cause()).isEqualTo(Cause.OUT_OF_REACH));

    server.start();
    awaitBack();
    assertThat(take(claims, limit(100))).isInstanceOf(Taken.Granted.class);
    assertThat(redis.failures()).isPositive();
  }

  @Test
  void counts_its_share_by_itself_where_that_is_asked_for() {
    try (Redis second = Redis.open(server.settings())) {
      assertThat(second.reachable()).isTrue();
      redis.hurry();
      Waiting.until("both gates are counted", () -> redis.nodes() >= 2);
      Claims claims = claims(Claim.WhenGone.LOCAL_SHARE);
      server.kill();
      awaitGone(claims(Claim.WhenGone.CLOSED));
      int granted = 0;
      for (int i = 0; i < 20; i++) {
        granted += take(claims, limit(6)) instanceof Taken.Granted ? 1 : 0;
      }

      assertThat(granted).isEqualTo(3);
      assertThat(take(claims, Claim.once("once/e1", MINUTE, ClaimsContract.Why.SPENT)))
          .isInstanceOfSatisfying(
              Taken.Refused.class,
              refused -> assertThat(refused.cause()).isEqualTo(Cause.OUT_OF_REACH));
    }
  }

  @Test
  void never_grants_an_id_twice_when_it_is_killed_under_load() throws Exception {
    Claims claims = claims(Claim.WhenGone.CLOSED);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger granted = new AtomicInteger();
    List<Thread> load =
        java.util.stream.IntStream.range(0, 4)
            .mapToObj(
                _ ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              while (!stop.get()) {
                                Claim id =
                                    Claim.once(
                                        "once/" + next.incrementAndGet(),
                                        MINUTE,
                                        ClaimsContract.Why.SPENT);
                                boolean first = take(claims, id) instanceof Taken.Granted;
                                granted.addAndGet(first ? 1 : 0);
                              }
                            }))
            .toList();
    Waiting.until("200 are granted", () -> granted.get() >= 200);
    server.kill();
    awaitGone(claims);
    int before = granted.get();
    server.start();
    Waiting.until("200 more are granted", () -> granted.get() >= before + 200);
    stop.set(true);
    for (Thread thread : load) {
      thread.join();
    }

    assertThat(granted.get()).isLessThanOrEqualTo(next.get());
  }

  @Test
  void spends_an_id_that_was_delivered_while_it_was_gone() {
    Claims claims = claims(Claim.WhenGone.CLOSED);
    Claim event = Claim.once("once/e1", MINUTE, ClaimsContract.Why.SPENT).keptIfDelivered();
    Taken.Granted granted = (Taken.Granted) take(claims, event);
    server.kill();
    awaitGone(claims);
    claims.settle(granted.receipt(), Settlement.DELIVERED);
    server.start();
    awaitBack();
    // Redis lost its memory; the settlement is on its way, and does not disturb who is faster.
    Waiting.until("the settlement has come", () -> RealRedis.knows(redis, "once/e1"));

    assertThat(((Taken.Refused) take(claims, event)).cause()).isEqualTo(Cause.DELIVERED);
  }

  @Test
  void says_of_sessions_that_nobody_can_say() {
    Sessions sessions = RealRedis.waiting(Sessions.class, new RedisSessions(redis));
    sessions.create("s", new byte[] {1}, MINUTE, MINUTE);
    server.kill();
    awaitGone(claims(Claim.WhenGone.CLOSED));

    Assertions.assertThatThrownBy(() -> sessions.find("s")).isSameAs(OutOfReach.INSTANCE);
  }

  @Test
  void starts_before_redis_does() {
    server.kill();
    try (Redis early = Redis.open(server.settings())) {
      assertThat(early.reachable()).isFalse();
      server.start();
      Waiting.until("Redis is found", early::reachable);
    }
  }

  @Test
  void proves_itself_to_a_redis_that_asks_for_a_password() {
    try (RealRedis guarded = new RealRedis("requirepass swordfish");
        Redis right = Redis.open(settings(guarded, "swordfish"));
        Redis wrong = Redis.open(settings(guarded, "guessed"));
        Redis none = Redis.open(guarded.settings())) {
      assertThat(right.reachable()).isTrue();
      assertThat(wrong.reachable()).isFalse();
      assertThat(none.reachable()).isFalse();
    }
  }

  @Test
  void refuses_what_a_full_redis_cannot_remember_and_forgets_nothing() {
    try (RealRedis full = new RealRedis("maxmemory 4mb");
        Redis small = Redis.open(full.settings())) {
      Claims claims =
          RealRedis.waiting(
              Claims.class,
              new RedisClaims(
                  small, clock, 1_000_000, Claim.WhenGone.CLOSED, new LocalClaims(clock, 1_000)));
      Claim first = Claim.once("once/first", MINUTE, ClaimsContract.Why.SPENT);
      assertThat(take(claims, first)).isInstanceOf(Taken.Granted.class);
      Taken last = take(claims, limit(1_000_000));
      for (int i = 0; i < 20_000 && last instanceof Taken.Granted; i++) {
        last =
            take(
                claims,
                Claim.once("once/" + "x".repeat(200) + i, MINUTE, ClaimsContract.Why.SPENT));
      }

      assertThat(((Taken.Refused) last).cause()).isEqualTo(Cause.FULL);
      assertThat(small.reachable()).isTrue();
      assertThat(take(claims, first)).isInstanceOf(Taken.Refused.class);
    }
  }

  @Test
  void counts_by_itself_what_a_full_redis_cannot_remember_where_that_is_asked_for() {
    try (RealRedis server = new RealRedis();
        Redis small = Redis.open(server.settings())) {
      RedisClaims together =
          new RedisClaims(small, clock, 0, Claim.WhenGone.CLOSED, new LocalClaims(clock, 1_000));
      Claims claims = RealRedis.waiting(Claims.class, together);
      Claim share = limit(5).whenGone(Claim.WhenGone.LOCAL_SHARE);

      assertThat(((Taken.Refused) take(claims, limit(5))).cause()).isEqualTo(Cause.FULL);
      assertThat(granted(claims, share, 20)).isEqualTo(5);
      assertThat(granted(claims, limit(5).whenGone(Claim.WhenGone.OPEN), 20)).isEqualTo(20);
      assertThat(together.countedAlone()).isEqualTo(20);
      assertThat(together.leftOpen()).isEqualTo(20);
    }
  }

  @Test
  void gives_its_share_once_however_often_redis_goes_and_comes() {
    Claims claims = claims(Claim.WhenGone.LOCAL_SHARE);
    server.kill();
    awaitGone(claims(Claim.WhenGone.CLOSED));
    assertThat(granted(claims, limit(6), 20)).isEqualTo(6);
    server.start();
    awaitBack();
    server.kill();
    awaitGone(claims(Claim.WhenGone.CLOSED));

    assertThat(granted(claims, limit(6), 20)).isZero();
  }

  @Test
  void does_for_each_limit_what_it_says_while_redis_is_gone() {
    Claims claims = claims(Claim.WhenGone.CLOSED);
    server.kill();
    awaitGone(claims);

    assertThat(granted(claims, limit(3).whenGone(Claim.WhenGone.OPEN), 20)).isEqualTo(20);
    assertThat(granted(claims, limit(3).whenGone(Claim.WhenGone.LOCAL_SHARE), 20)).isEqualTo(3);
    assertThat(granted(claims, limit(3), 20)).isZero();
    Claim object =
        Claim.distinct("objects/alice", "o1", 1, MINUTE, ClaimsContract.Why.SPENT)
            .whenGone(Claim.WhenGone.LOCAL_SHARE);
    assertThat(granted(claims, object, 3)).isEqualTo(3);
    Taken both =
        claims.take(
            List.of(limit(3).whenGone(Claim.WhenGone.OPEN), limit(3)), Instant.now().plus(MINUTE));
    assertThat(both)
        .isInstanceOfSatisfying(
            Taken.Refused.class,
            refused -> assertThat(refused.cause()).isEqualTo(Cause.OUT_OF_REACH));
  }

  private static int granted(Claims claims, Claim claim, int times) {
    int granted = 0;
    for (int i = 0; i < times; i++) {
      granted += take(claims, claim) instanceof Taken.Granted ? 1 : 0;
    }
    return granted;
  }

  private static RedisSettings settings(RealRedis server, String password) {
    return RealRedis.settings(List.of(server.port), null, null, Secret.of(password));
  }

  private Claims claims(Claim.WhenGone whenGone) {
    return RealRedis.waiting(
        Claims.class,
        new RedisClaims(redis, clock, 100_000, whenGone, new LocalClaims(clock, 1_000)));
  }

  private static Claim limit(long most) {
    return Claim.take("take/alice", 1, most, Duration.ofHours(1), ClaimsContract.Why.SPENT);
  }

  private static Taken take(Claims claims, Claim claim) {
    return claims.take(List.of(claim), Instant.now().plus(MINUTE));
  }

  private void awaitGone(Claims claims) {
    while (redis.reachable()) {
      var unused = take(claims, limit(1_000));
    }
  }

  private void awaitBack() {
    Waiting.until("Redis is found again", redis::reachable);
  }
}
