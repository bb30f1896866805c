package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.testkit.ports.ClaimsContract;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisClaimsTest extends ClaimsContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private Redis redis;

  @BeforeEach
  void open() {
    redis = Redis.open(RealRedis.shared().settings(), clock);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  protected Claims claims(int most) {
    return RealRedis.claims(redis, clock, most);
  }

  private RedisClaims of(Redis any, int most) {
    return new RedisClaims(any, clock, most, Claim.WhenGone.CLOSED, new LocalClaims(clock, 1_000));
  }

  @Override
  protected void elapse(Duration by) {
    clock.advance(by);
    RealRedis.elapse(redis, by);
  }

  @Test
  void never_waits_on_an_event_loop() {
    RealRedis.empty(redis);
    Claims claims = of(redis, 100);
    Claim claim = Claim.once("once/e1", MINUTE, Why.SPENT);

    assertThatThrownBy(() -> claims.take(List.of(claim), clock.instant().plus(MINUTE)))
        .isSameAs(WouldWait.INSTANCE);
  }

  @Test
  void shares_ids_and_limits_between_gates() {
    Claims one = claims(1_000);
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Claims other = RealRedis.waiting(Claims.class, of(second, 1_000));
      Claim event = Claim.once("once/e1", MINUTE, Why.SPENT).keptIfDelivered();
      Claim limit = Claim.take("take/alice", 1, 3, MINUTE, Why.SPENT);

      assertThat(granted(one, event)).isTrue();
      assertThat(granted(other, event)).isFalse();
      assertThat(granted(one, limit)).isTrue();
      assertThat(granted(other, limit)).isTrue();
      assertThat(granted(one, limit)).isTrue();
      assertThat(granted(other, limit)).isFalse();
    }
  }

  @Test
  void keeps_all_keys_of_a_request_in_one_slot_of_a_cluster() {
    assertThat(redis.key("claims", "a")).isEqualTo("{test:claims}:a");
    assertThat(redis.key("claims", "{b}")).startsWith("{test:claims}");
  }

  private boolean granted(Claims claims, Claim claim) {
    return claims.take(List.of(claim), clock.instant().plus(MINUTE)) instanceof Taken.Granted;
  }
}
