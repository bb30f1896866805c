package dev.gatewarden.acceptance.state;

import static dev.gatewarden.acceptance.state.GuardedGate.claims;
import static dev.gatewarden.acceptance.state.GuardedGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Redis;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several gates with one Redis have one limit, and each limit says what becomes of it while Redis
/// is gone.
@Timeout(240)
class SharedLimitsTest {
  private static final String ONE_LIMIT_ALONE = "source-limit: {when-gone: open}, ";

  @TempDir private Path folder;
  private Things things;
  private Redis redis;

  @BeforeEach
  void open() throws Exception {
    things = new Things();
    redis = Redis.start();
  }

  @AfterEach
  void close() throws Exception {
    redis.kill();
    things.close();
  }

  @Test
  @Requirement(id = "LIM-5", without = "principal-limit")
  void hold_one_limit_at_two_processes_that_race_for_it() throws Exception {
    String limit = "principal-limit: {rate: 60/1h}";
    gate("other", limit).close();
    try (GuardedGate one = gate("one", limit);
        RunningGate other = RunningGate.start(folder.resolve("other"))) {
      String token = token(claims("erin"));
      Load load = new Load();
      for (int i = 0; i < 4; i++) {
        load.begin(40, () -> one.status(token));
        load.begin(40, () -> other.status("/thing", token));
      }
      load.end();

      assertThat(load.of(200)).isEqualTo(60);
      assertThat(load.of(429)).isEqualTo(260);
    }
  }

  @Test
  @Requirement(id = "LIM-2", without = "principal-limit")
  void grant_no_more_than_the_limit_to_one_caller_who_races_against_it() throws Exception {
    try (GuardedGate gate =
        GuardedGate.start(
            folder.resolve("alone"), things.uri(), "", "principal-limit: {rate: 40/1h}", "")) {
      String token = token(claims("ivan"));
      Load load = new Load();
      for (int i = 0; i < 8; i++) {
        load.begin(30, () -> gate.status(token));
      }
      load.end();

      assertThat(load.of(200)).isEqualTo(40);
      assertThat(load.of(429)).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "LIM-5", without = "principal-limit")
  void do_what_each_limit_says_while_redis_is_gone() throws Exception {
    try (GuardedGate closed = gate("closed", limit("when-gone: closed"));
        GuardedGate open = gate("open", limit("when-gone: open"));
        GuardedGate share = gate("share", limit("when-gone: local-share"))) {
      String token = token(claims("frank"));
      redis.kill();
      for (GuardedGate each : List.of(closed, open, share)) {
        awaitGone(each);
      }

      assertThat(granted(closed, token, 20)).isZero();
      assertThat(closed.status(token)).isEqualTo(503);
      assertThat(granted(open, token, 20)).isEqualTo(20);
      assertThat(granted(share, token, 20)).isEqualTo(3);
      assertThat(share.status(token)).isEqualTo(429);
      assertThat(counter(closed, "closed")).isPositive();
      assertThat(counter(open, "uncounted")).isGreaterThanOrEqualTo(20);
      assertThat(counter(share, "alone")).isGreaterThanOrEqualTo(20);

      redis.revive();
      for (GuardedGate each : List.of(closed, open, share)) {
        awaitBack(each);
      }
      int together = granted(closed, token, 10) + granted(open, token, 10);
      assertThat(together + granted(share, token, 10)).isEqualTo(9);
    }
  }

  @Test
  @Requirement(id = "RUN-3", without = "principal-limit")
  void exceed_no_limit_further_than_is_said_when_redis_dies_and_comes_back_under_load()
      throws Exception {
    String limit = ONE_LIMIT_ALONE + "principal-limit: {rate: 300/1h, when-gone: local-share}";
    try (GuardedGate one = gate("one", limit);
        GuardedGate other = gate("other", limit)) {
      String token = token(claims("grace"));
      Load load = new Load();
      for (int i = 0; i < 2; i++) {
        load.begin(Integer.MAX_VALUE, () -> one.status(token));
        load.begin(Integer.MAX_VALUE, () -> other.status(token));
      }
      Waiting.until("it is under load", () -> load.of(200) >= 100);
      redis.kill();
      awaitGone(one);
      awaitGone(other);
      Waiting.until("shares are spent", () -> load.of(429) >= 50);
      redis.revive();
      awaitBack(one);
      awaitBack(other);
      long before = load.all();
      Waiting.until("it goes on", () -> load.all() >= before + 100);
      load.end();

      // What Redis counted before, each gate's share while it was gone, and what a Redis that
      // forgot everything counts.
      assertThat(load.of(200)).isBetween(100L, 300L + 2 * 150 + 300);
      assertThat(load.statuses()).isSubsetOf(200, 429, 503);
      assertThat(granted(one, token, 400) + granted(other, token, 400)).isLessThanOrEqualTo(300);
      assertThat(one.status(token)).isEqualTo(429);
    }
  }

  @Test
  @Requirement(id = "LIM-4", without = "share-limit")
  void remember_what_was_used_of_a_quota_over_a_restart() throws Exception {
    String quota = "share-limit: {shares: {daily: {per: user, quota: 5/month}}}";
    try (GuardedGate gate =
        GuardedGate.start(folder.resolve("alone"), things.uri(), "", quota, "")) {
      String token = token(claims("heidi"));
      assertThat(granted(gate, token, 3)).isEqualTo(3);
      gate.restart();

      assertThat(granted(gate, token, 5)).isEqualTo(2);
      gate.restart();
      assertThat(gate.status(token)).isEqualTo(429);
    }
  }

  private static String limit(String more) {
    return ONE_LIMIT_ALONE + "principal-limit: {rate: 9/1h, " + more + "}";
  }

  private GuardedGate gate(String name, String guards) throws IOException {
    String state = "state: {redis: '" + redis.uri() + "', nodes: " + nodes(guards) + "}";
    return GuardedGate.start(folder.resolve(name), things.uri(), "", guards, state);
  }

  private static int nodes(String guards) {
    return guards.contains("9/1h") ? 3 : 2;
  }

  private static int granted(GuardedGate gate, String token, int times) throws Exception {
    int granted = 0;
    for (int i = 0; i < times; i++) {
      granted += gate.status(token) == 200 ? 1 : 0;
    }
    return granted;
  }

  private static void awaitGone(GuardedGate gate) {
    Waiting.until("Redis is missed", () -> metrics(gate).contains("_state_reachable 0\n"));
  }

  private static void awaitBack(GuardedGate gate) {
    Waiting.until("Redis is found", () -> metrics(gate).contains("_state_reachable 1\n"));
  }

  private static String metrics(GuardedGate gate) {
    try {
      return gate.admin("/metrics").body();
    } catch (IOException | InterruptedException fault) {
      throw new AssertionError(fault);
    }
  }

  private static long counter(GuardedGate gate, String name) {
    String line = "\ngatewarden_state_" + name + "_total ";
    String all = metrics(gate);
    int at = all.indexOf(line) + line.length();
    return Long.parseLong(all.substring(at, all.indexOf('\n', at)));
  }

  /// Requests that several callers send at once, each as fast as it is answered.
  private static final class Load {
    private final List<Thread> threads = new ArrayList<>();
    private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
    private final List<Exception> faults = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private boolean bounded = true;

    void begin(int times, Callable<Integer> request) {
      bounded &= times < Integer.MAX_VALUE;
      threads.add(Thread.ofPlatform().start(() -> send(times, request)));
    }

    private void send(int times, Callable<Integer> request) {
      try {
        for (int i = 0; i < times && !stopped.get(); i++) {
          answers.computeIfAbsent(request.call(), _ -> new LongAdder()).increment();
        }
      } catch (Exception fault) {
        synchronized (faults) {
          faults.add(fault);
        }
      }
    }

    void end() throws InterruptedException {
      stopped.set(!bounded);
      for (Thread thread : threads) {
        thread.join();
      }
      synchronized (faults) {
        assertThat(faults).isEmpty();
      }
    }

    long of(int status) {
      LongAdder counted = answers.get(status);
      return counted == null ? 0 : counted.sum();
    }

    long all() {
      return answers.values().stream().mapToLong(LongAdder::sum).sum();
    }

    List<Integer> statuses() {
      return List.copyOf(answers.keySet());
    }
  }
}
