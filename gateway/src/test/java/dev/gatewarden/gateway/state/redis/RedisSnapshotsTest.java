package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.Snapshots;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.ports.MemorySnapshots;
import dev.gatewarden.testkit.ports.SnapshotsContract;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisSnapshotsTest extends SnapshotsContract {
  private final MemorySnapshots files = new MemorySnapshots(clock);
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
  protected Snapshots snapshots() {
    return new RedisSnapshots(redis, files, clock);
  }

  private Snapshots other() {
    return new RedisSnapshots(redis, new MemorySnapshots(clock), clock);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String newest(Snapshots snapshots) {
    return snapshots
        .newest("keys")
        .map(found -> new String(found.content(), StandardCharsets.UTF_8))
        .orElse("");
  }

  @Test
  void shows_every_gate_what_one_publishes() {
    Snapshots one = snapshots();
    Snapshots two = other();
    one.publish("keys", 0, bytes("a"));

    assertThat(two.generation("keys")).isEqualTo(1);
    assertThat(newest(two)).isEqualTo("a");
    assertThat(two.publish("keys", 1, bytes("b"))).isPresent();
    assertThat(newest(one)).isEqualTo("b");
    assertThat(one.publish("keys", 1, bytes("c"))).isEmpty();
  }

  @Test
  void puts_back_what_redis_forgot() {
    Snapshots one = snapshots();
    one.publish("keys", 0, bytes("a"));
    one.publish("keys", 1, bytes("b"));
    RealRedis.empty(redis);

    assertThat(newest(other())).isEmpty();
    assertThat(one.generation("keys")).isEqualTo(2);
    assertThat(newest(other())).isEqualTo("b");
    assertThat(newest(snapshots())).as("after a restart").isEqualTo("b");
  }

  @Test
  void puts_back_the_generation_that_a_replica_missed() {
    Snapshots one = snapshots();
    one.publish("keys", 0, bytes("a"));
    one.publish("keys", 1, bytes("b"));
    Script back = new Script("redis.call('HSET', KEYS[1], 'n', '1') return {1}", "0");
    var unused = redis.run(back, new String[] {redis.key("", "snapshots:keys")});
    assertThat(newest(other())).isEqualTo("a");

    assertThat(one.generation("keys")).isEqualTo(2);
    assertThat(newest(other())).isEqualTo("b");
  }

  @Test
  void begins_with_what_was_published_before_and_never_puts_it_over_what_is_there() {
    files.publish("keys", 0, bytes("mine"));
    assertThat(newest(snapshots())).isEqualTo("mine");

    MemorySnapshots elsewhere = new MemorySnapshots(clock);
    for (int i = 0; i < 5; i++) {
      elsewhere.publish("keys", i, bytes("theirs" + i));
    }
    assertThat(newest(new RedisSnapshots(redis, elsewhere, clock))).isEqualTo("mine");
    assertThat(newest(snapshots())).isEqualTo("mine");
  }

  @Test
  void goes_by_its_copy_while_redis_is_gone_and_publishes_nothing() {
    try (RealRedis mortal = new RealRedis();
        Redis near = Redis.open(mortal.settings(), clock)) {
      Snapshots one = new RedisSnapshots(near, files, clock);
      one.publish("keys", 0, bytes("a"));
      mortal.kill();
      Waiting.until("Redis is missed", () -> !near.reachable());

      assertThat(newest(one)).isEqualTo("a");
      assertThat(one.generation("keys")).isEqualTo(1);
      assertThatThrownBy(() -> one.publish("keys", 1, bytes("b")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("out of reach");
      assertThat(newest(new RedisSnapshots(near, files, clock))).as("a new start").isEqualTo("a");
    }
  }
}
