package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.testkit.ports.ShiftingContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RedisShiftingTest extends ShiftingContract {
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

  @Override
  protected void elapse(Duration by) {
    clock.advance(by);
    RealRedis.elapse(redis, by);
  }
}
