package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Claim;
import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.core.decision.Claims.Taken;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.gateway.limits.LocalClaims;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.ports.ClaimsContract;
import dev.gatewarden.testkit.ports.MemoryBookmark;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisSentinel;

/// Sentinels know which server is the primary; when it dies the gate follows to the next.
@Timeout(120)
class RedisSentinelTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private final InstantSource clock = InstantSource.system();

  @Test
  void goes_on_with_the_replica_that_takes_over_and_what_it_knows() throws Exception {
    try (RealRedis primary = new RealRedis();
        RealRedis replica = new RealRedis("replicaof 127.0.0.1 " + primary.port)) {
      int port = RealRedis.free();
      RedisSentinel sentinel =
          RedisSentinel.newRedisSentinel()
              .bind("127.0.0.1")
              .port(port)
              .masterName("main")
              .masterPort(primary.port)
              .quorumSize(1)
              .downAfterMilliseconds(500)
              .failOverTimeout(2_000)
              .onShutdownForceStop(true)
              .build();
      sentinel.start();
      try (Redis redis = Redis.open(RealRedis.settings(List.of(port), "main", null, null))) {
        Claims claims =
            RealRedis.waiting(
                Claims.class,
                new RedisClaims(
                    redis, clock, 100_000, Claim.WhenGone.CLOSED, new LocalClaims(clock, 1_000)));
        Blocks blocks =
            RealRedis.waiting(
                Blocks.class, new RedisBlocks(redis, new LocalBlocks(clock), new MemoryBookmark()));
        assertThat(take(claims)).isInstanceOf(Taken.Granted.class);
        blocks.block(Blocks.Kind.TOKEN, "corp|t1", Instant.MAX, clock.instant().plus(HOUR));
        Waiting.until("the replica knows", () -> knows(replica));
        primary.kill();
        Waiting.until("the primary is missed", () -> !redis.reachable());
        Waiting.until("the replica is found", redis::reachable);

        assertThat(take(claims)).isInstanceOf(Taken.Refused.class);
        assertThat(blocks.blocked(Blocks.Kind.TOKEN, "corp|t1", clock.instant())).isTrue();
        assertThat(role(replica)).isEqualTo("master");
      } finally {
        sentinel.stop();
      }
    }
  }

  private Taken take(Claims claims) {
    Claim id = Claim.once("once/proof", HOUR, ClaimsContract.Why.SPENT);
    return claims.take(List.of(id), clock.instant().plus(HOUR));
  }

  /// Whether a replica has heard of everything so far.
  private static boolean knows(RealRedis replica) {
    return asked(
        replica, open -> open.keys("*").stream().anyMatch(key -> key.contains("once/proof")));
  }

  private static String role(RealRedis server) {
    return asked(server, open -> String.valueOf(open.role().getFirst()));
  }

  private static <T> T asked(
      RealRedis server, Function<RedisCommands<String, String>, T> question) {
    try (RedisClient client = RedisClient.create("redis://127.0.0.1:" + server.port);
        StatefulRedisConnection<String, String> open = client.connect()) {
      return question.apply(open.sync());
    }
  }
}
