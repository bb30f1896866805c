package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Blocks.Kind;
import dev.gatewarden.core.identity.Bookmark;
import dev.gatewarden.gateway.state.LocalBlocks;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.ports.BlocksContract;
import dev.gatewarden.testkit.ports.MemoryBookmark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

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
    return gate(redis);
  }

  @Test
  void shuts_out_at_every_gate_what_one_gate_shuts_out() {
    Blocks one = blocks();
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other = gate(second);
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
  void tells_the_others_where_its_own_disk_refuses() {
    Blocks other = blocks();
    Bookmark mark = new MemoryBookmark();
    AtomicBoolean full = new AtomicBoolean(true);
    LocalBlocks memory = new LocalBlocks(clock);
    Blocks refusing =
        (Blocks)
            Proxy.newProxyInstance(
                Blocks.class.getClassLoader(),
                new Class<?>[] {Blocks.class},
                (_, method, arguments) -> {
                  Object answer = method.invoke(memory, arguments);
                  if (method.getName().equals("block") && full.getAndSet(false)) {
                    throw new UncheckedIOException(new IOException("the disk is full"));
                  }
                  return answer;
                });
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks one = gate(second, refusing, mark);

      assertThatThrownBy(
              () -> one.block(Kind.TOKEN, "corp|t1", now().plusSeconds(1), now().plusSeconds(100)))
          .isInstanceOf(UncheckedIOException.class);

      until(() -> other.blocked(Kind.TOKEN, "corp|t1", now()));
      until(() -> mark.read().contains("\n1\n"));
    }
  }

  @Test
  void finds_what_it_missed_while_it_was_not_there() {
    Blocks one = blocks();
    LocalBlocks kept = new LocalBlocks(clock);
    Bookmark mark = new MemoryBookmark();
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other = gate(second, kept, mark);
      other.block(Kind.SUBJECT, "corp|lifted-meanwhile", now().plusSeconds(1), Instant.MAX);
      until(() -> mark.read().contains("\n1\n"));
    }
    one.block(Kind.SUBJECT, "corp|alice", now().plusSeconds(1), now().plusSeconds(100));
    one.lift(Kind.SUBJECT, "corp|lifted-meanwhile");
    assertThat(kept.blocked(Kind.SUBJECT, "corp|lifted-meanwhile", now())).isTrue();

    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other = gate(second, kept, mark);
      assertThat(other.blocked(Kind.SUBJECT, "corp|alice", now())).isTrue();
      assertThat(other.blocked(Kind.SUBJECT, "corp|lifted-meanwhile", now())).isFalse();
    }
  }

  @Test
  void tells_what_it_knew_before_it_shared_anything() {
    Blocks one = blocks();
    LocalBlocks kept = new LocalBlocks(clock);
    kept.block(Kind.SUBJECT, "corp|alice", now().plusSeconds(1), now().plusSeconds(100));
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other = gate(second, kept, new MemoryBookmark());
      assertThat(other.blocked(Kind.SUBJECT, "corp|alice", now())).isTrue();
      until(() -> one.blocked(Kind.SUBJECT, "corp|alice", now()));
    }
  }

  @Test
  void tells_a_redis_that_lost_its_memory_while_the_gate_was_not_there() {
    LocalBlocks kept = new LocalBlocks(clock);
    Bookmark mark = new MemoryBookmark();
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks before = gate(second, kept, mark);
      before.block(Kind.TOKEN, "corp|t1", now().plusSeconds(1), now().plusSeconds(100));
      until(() -> mark.read().contains("\n1\n"));
    }
    RealRedis.empty(redis);
    Blocks one = blocks();
    assertThat(one.blocked(Kind.TOKEN, "corp|t1", now())).isFalse();

    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks after = gate(second, kept, mark);
      assertThat(after.blocked(Kind.TOKEN, "corp|t1", now())).isTrue();
      until(() -> one.blocked(Kind.TOKEN, "corp|t1", now()));
    }
  }

  /// Redis keeps its memory; what it was not told of is known by the gate's own store alone.
  @Test
  void tells_after_a_restart_what_it_blocked_while_redis_was_away(@TempDir Path folder) {
    LocalBlocks kept = new LocalBlocks(clock);
    Bookmark mark = new MemoryBookmark();
    try (RealRedis mortal = lasting(folder)) {
      try (Redis near = Redis.open(mortal.settings(), clock)) {
        Blocks here = gate(near, kept, mark);
        here.block(Kind.TOKEN, "corp|before", now().plusSeconds(1), now().plusSeconds(100));
        until(() -> mark.read().contains("\n1\n"));
        mortal.kill();
        here.block(Kind.TOKEN, "corp|during", now().plusSeconds(1), now().plusSeconds(100));
      }
      try (Redis near = Redis.open(mortal.settings(), clock)) {
        Blocks here = gate(near, kept, mark);
        mortal.start();
        until(near::reachable);
        try (Redis far = Redis.open(mortal.settings(), clock)) {
          Blocks there = gate(far);
          until(() -> there.blocked(Kind.TOKEN, "corp|during", now()));
          assertThat(there.blocked(Kind.TOKEN, "corp|before", now())).isTrue();
        }
        assertThat(here.blocked(Kind.TOKEN, "corp|during", now())).isTrue();
      }
    }
  }

  @Test
  void forgets_no_block_where_more_wait_than_can_and_lifts_none_then(@TempDir Path folder) {
    try (RealRedis mortal = lasting(folder);
        Redis near = Redis.open(mortal.settings(), clock);
        Redis far = Redis.open(mortal.settings(), clock)) {
      Blocks here =
          RealRedis.waiting(
              Blocks.class, new RedisBlocks(near, new LocalBlocks(clock), new MemoryBookmark(), 2));
      Blocks there = gate(far);
      mortal.kill();
      for (int i = 0; i < 5; i++) {
        here.block(Kind.TOKEN, "corp|t" + i, now().plusSeconds(1), now().plusSeconds(100));
      }
      assertThatThrownBy(() -> here.lift(Kind.TOKEN, "corp|t0")).isInstanceOf(OutOfReach.class);
      assertThat(here.blocked(Kind.TOKEN, "corp|t0", now())).isTrue();

      mortal.start();
      for (int i = 0; i < 5; i++) {
        String key = "corp|t" + i;
        until(() -> there.blocked(Kind.TOKEN, key, now()));
        assertThat(here.blocked(Kind.TOKEN, key, now())).isTrue();
      }
    }
  }

  /// Whenever a number is missed, everything is read again, while blocks are made and lifted.
  @Test
  void takes_over_what_it_reads_in_one_step() {
    Script skip = new Script("return {redis.call('HINCRBY', KEYS[1], 'n', 1)}", "0");
    Blocks one = blocks();
    for (int i = 0; i < 300; i++) {
      String key = "corp|t" + i;
      var unused = redis.run(skip, new String[] {redis.key("blocks", "at")});
      one.block(Kind.TOKEN, key, now().plusSeconds(1), now().plusSeconds(100));
      assertThat(one.blocked(Kind.TOKEN, key, now())).isTrue();
      if (i % 3 == 0) {
        one.lift(Kind.TOKEN, key);
      }
    }
    until(() -> one.all().size() == 200);
  }

  @Test
  void tells_a_redis_that_lost_its_memory_what_it_knows() {
    Blocks one = blocks();
    one.block(Kind.TOKEN, "corp|t1", now().plusSeconds(1), now().plusSeconds(100));
    until(() -> one.all().size() == 1);
    RealRedis.empty(redis);
    try (Redis second = Redis.open(RealRedis.shared().settings(), clock)) {
      Blocks other = gate(second);
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
      Blocks other = gate(second);
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
      Blocks here = gate(near);
      Blocks there = gate(far);
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

  private Blocks gate(Redis by) {
    return gate(by, new LocalBlocks(clock), new MemoryBookmark());
  }

  private static Blocks gate(Redis by, Blocks kept, Bookmark mark) {
    return RealRedis.waiting(Blocks.class, new RedisBlocks(by, kept, mark));
  }

  /// A Redis that remembers what it was told before it was killed.
  private static RealRedis lasting(Path folder) {
    return new RealRedis("appendonly yes", "appendfsync always", "dir " + folder);
  }

  /// Waits for what another gate learns soon.
  private static void until(Callable<Boolean> holds) {
    Waiting.until("the other gate knows", holds);
  }

  private Instant now() {
    return clock.instant();
  }
}
