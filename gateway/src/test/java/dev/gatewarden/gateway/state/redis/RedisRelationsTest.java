package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Relation;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.ports.RelationsContract;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisRelationsTest extends RelationsContract {
  private static final Relation ALICE = new Relation("alice", "t1", Map.of("account", "a1"));
  private static final Relation BOB = new Relation("bob", "t1", Map.of());
  private Redis redis;

  @BeforeEach
  void open() {
    redis = Redis.open(RealRedis.shared().settings());
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Override
  protected Relations relations() {
    RealRedis.empty(redis);
    Relations relations = waiting(redis, 1_000);
    return new Counting(relations, redis);
  }

  @Test
  void knows_at_every_gate_at_once_what_one_gate_learned_changed_or_forgot() {
    RealRedis.empty(redis);
    Relations here = waiting(redis, 1_000);
    try (Redis second = Redis.open(RealRedis.shared().settings())) {
      Relations there = waiting(second, 1_000);
      for (int i = 0; i < 50; i++) {
        assertThat(there.find(order(i))).isEmpty();
        here.learn(order(i), ALICE);
        assertThat(there.find(order(i))).contains(ALICE);
        assertThat(there.learn(order(i), BOB)).isFalse();
        there.replace(order(i), ALICE, BOB);
        assertThat(here.find(order(i))).contains(BOB);
        there.forget(order(i));
        assertThat(here.find(order(i))).isEmpty();
      }
    }
  }

  @Test
  void learns_nothing_beyond_its_limit_until_another_gate_makes_room() {
    RealRedis.empty(redis);
    Relations small = waiting(redis, 2);
    small.learn(order(1), ALICE);
    small.learn(order(2), ALICE);
    assertThatThrownBy(() -> small.learn(order(3), ALICE)).isSameAs(OutOfReach.INSTANCE);
    assertThat(small.ready()).isFalse();
    try (Redis second = Redis.open(RealRedis.shared().settings())) {
      waiting(second, 2).forget(order(1));
    }
    Waiting.until(
        "there is room",
        () -> {
          redis.hurry();
          return small.ready();
        });

    assertThat(small.learn(order(3), ALICE)).isTrue();
  }

  @Test
  void never_waits_on_an_event_loop() {
    assertThatThrownBy(() -> new RedisRelations(redis, 10).find(order(1)))
        .isSameAs(WouldWait.INSTANCE);
  }

  @Test
  void says_that_nobody_can_say_while_redis_is_gone() {
    try (RealRedis mortal = new RealRedis("appendonly yes");
        Redis near = Redis.open(mortal.settings())) {
      Relations relations = waiting(near, 100);
      relations.learn(order(1), ALICE);
      assertThat(relations.ready()).isTrue();
      mortal.kill();

      assertThatThrownBy(() -> relations.find(order(1))).isSameAs(OutOfReach.INSTANCE);
      assertThatThrownBy(() -> relations.learn(order(2), ALICE)).isSameAs(OutOfReach.INSTANCE);
      assertThatThrownBy(() -> relations.forget(order(1))).isSameAs(OutOfReach.INSTANCE);
      assertThat(relations.ready()).isFalse();
    }
  }

  private static Relations waiting(Redis redis, long most) {
    return RealRedis.waiting(Relations.class, new RedisRelations(redis, most));
  }

  private static Key order(int number) {
    return new Key("shop", "order", "o" + number);
  }

  /// The same, which counts anew when it is asked how many there are.
  private record Counting(Relations inner, Redis redis) implements Relations {
    @Override
    public java.util.Optional<Relation> find(Key key) {
      return inner.find(key);
    }

    @Override
    public boolean learn(Key key, Relation relation) {
      return inner.learn(key, relation);
    }

    @Override
    public boolean replace(Key key, Relation old, Relation relation) {
      return inner.replace(key, old, relation);
    }

    @Override
    public void forget(Key key) {
      inner.forget(key);
    }

    @Override
    public boolean ready() {
      return inner.ready();
    }

    @Override
    public long size() {
      return inner.page("", 1_000).known().size();
    }

    @Override
    public Page page(String from, int most) {
      return inner.page(from, most);
    }
  }
}
