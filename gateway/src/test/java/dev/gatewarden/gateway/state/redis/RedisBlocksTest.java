package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Blocks.Kind;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.testkit.ports.BlocksContract;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisBlocksTest extends BlocksContract {
  private Redis redis;

  @BeforeEach
  void open() {
    redis = Redis.open(RealRedis.shared().settings(), clock);
    RealRedis.empty(redis);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  protected Blocks blocks() {
    return RealRedis.waiting(Blocks.class, new RedisBlocks(redis, new LocalBlocks(clock)));
  }

  @Test
  void shuts_out_at_every_gate_what_one_gate_shuts_out() {
    Blocks one = blocks();
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other =
          RealRedis.waiting(Blocks.class, new RedisBlocks(second, new LocalBlocks(clock)));
      for (int i = 0; i < 20; i++) {
        String key = "corp|t" + i;
        long epoch = other.epoch();
        one.block(Kind.TOKEN, key, now().plusSeconds(1), now().plusSeconds(100));
        until(() -> other.blocked(Kind.TOKEN, key, now()));
        assertThat(other.epoch()).isGreaterThan(epoch);
      }
      other.lift(Kind.TOKEN, "corp|t3");
      until(() -> !one.blocked(Kind.TOKEN, "corp|t3", now()));
    }
  }

  @Test
  void finds_what_it_missed_while_it_was_not_there() {
    Blocks one = blocks();
    one.block(Kind.SUBJECT, "corp|alice", now().plusSeconds(1), now().plusSeconds(100));
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      LocalBlocks kept = new LocalBlocks(clock);
      kept.block(Kind.SUBJECT, "corp|lifted-meanwhile", now().plusSeconds(1), Instant.MAX);
      Blocks other = new RedisBlocks(second, kept);

      assertThat(other.blocked(Kind.SUBJECT, "corp|alice", now())).isTrue();
      assertThat(other.blocked(Kind.SUBJECT, "corp|lifted-meanwhile", now())).isFalse();
    }
  }

  @Test
  void tells_a_redis_that_lost_its_memory_what_it_knows() {
    Blocks one = blocks();
    one.block(Kind.TOKEN, "corp|t1", now().plusSeconds(1), now().plusSeconds(100));
    until(() -> one.all().size() == 1);
    RealRedis.empty(redis);
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other =
          RealRedis.waiting(Blocks.class, new RedisBlocks(second, new LocalBlocks(clock)));
      until(() -> other.blocked(Kind.TOKEN, "corp|t1", now()));
    }
    assertThat(one.blocked(Kind.TOKEN, "corp|t1", now())).isTrue();
  }

  /// A replica that took over had not heard of the last changes yet.
  @Test
  void tells_a_redis_that_lost_the_last_changes_what_it_knows() {
    Blocks one = blocks();
    one.block(Kind.TOKEN, "corp|old", now().plusSeconds(1), now().plusSeconds(100));
    one.block(Kind.TOKEN, "corp|last", now().plusSeconds(1), now().plusSeconds(100));
    until(() -> one.all().size() == 2);
    Script forget =
        new Script(
            """
            redis.call('HDEL', KEYS[1], 'TOKEN corp|last')
            redis.call('HINCRBY', KEYS[2], 'n', -1)
            return {1}
            """,
            "0");
    var unused =
        redis.run(forget, new String[] {redis.key("blocks", "all"), redis.key("blocks", "at")});
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other =
          RealRedis.waiting(Blocks.class, new RedisBlocks(second, new LocalBlocks(clock)));
      until(() -> other.blocked(Kind.TOKEN, "corp|last", now()));
      assertThat(other.blocked(Kind.TOKEN, "corp|old", now())).isTrue();
    }
    assertThat(one.blocked(Kind.TOKEN, "corp|last", now())).isTrue();
  }

  @Test
  void blocks_here_at_once_and_everywhere_when_redis_is_back() {
    try (RealRedis mortal = new RealRedis();
        Redis near = Redis.open(mortal.settings(), clock);
        Redis far = Redis.open(mortal.settings(), clock)) {
      Blocks here = RealRedis.waiting(Blocks.class, new RedisBlocks(near, new LocalBlocks(clock)));
      Blocks there = RealRedis.waiting(Blocks.class, new RedisBlocks(far, new LocalBlocks(clock)));
      here.block(Kind.TOKEN, "corp|before", now().plusSeconds(1), now().plusSeconds(100));
      mortal.kill();
      here.block(Kind.TOKEN, "corp|during", now().plusSeconds(1), now().plusSeconds(100));
      assertThat(here.blocked(Kind.TOKEN, "corp|during", now())).isTrue();

      mortal.start();
      until(() -> there.blocked(Kind.TOKEN, "corp|during", now()));
      until(() -> there.blocked(Kind.TOKEN, "corp|before", now()));
      assertThat(here.blocked(Kind.TOKEN, "corp|before", now())).isTrue();
    }
  }

  /// Waits for what another thread does soon; the test's own bound ends it.
  private static void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  private Instant now() {
    return clock.instant();
  }
}
