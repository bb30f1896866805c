package dev.gatewarden.gateway.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Steps;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.state.LocalSessions;
import dev.gatewarden.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class KeptStepsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Pepper PEPPER = Pepper.of(Secret.of("sixteen bytes and more"));

  private final FakeClock clock = new FakeClock();
  private final LocalSessions store = new LocalSessions(clock, 1 << 20);
  private final KeptSteps steps = new KeptSteps(store, PEPPER, new Random(7));

  private Steps.Done done(String step, String cart, String run) {
    return new Steps.Done(step, Map.of("cart", steps.digest(cart)), clock.instant(), run);
  }

  @Test
  void remembers_what_was_done_the_latest_first_until_it_no_longer_matters() {
    assertThat(steps.find("shop/alice")).isEmpty();
    assertThat(steps.done("shop/alice", done("cart", "c1", "r1"), HOUR)).isTrue();
    clock.advance(Duration.ofMinutes(50));
    assertThat(steps.done("shop/alice", done("cart", "c2", "r2"), HOUR)).isTrue();
    assertThat(steps.done("shop/alice", done("cart", "c1", "r3"), HOUR)).isTrue();

    assertThat(steps.find("shop/alice")).extracting(Steps.Done::run).containsExactly("r3", "r2");
    assertThat(steps.find("shop/bob")).isEmpty();
    clock.advance(Duration.ofMinutes(61));
    assertThat(steps.find("shop/alice")).isEmpty();
  }

  @Test
  void remembers_no_more_than_so_many_of_one_walk_and_forgets_the_oldest() {
    for (int i = 0; i < Steps.MOST + 5; i++) {
      assertThat(steps.done("shop/alice", done("cart", "c" + i, "r" + i), HOUR)).isTrue();
    }
    List<Steps.Done> found = steps.find("shop/alice");
    assertThat(found).hasSize(Steps.MOST);
    assertThat(found.getLast().run()).isEqualTo("r5");
  }

  @Test
  void where_there_is_no_room_the_step_is_not_known_and_nobody_elses_is_forgotten() {
    KeptSteps small = new KeptSteps(new LocalSessions(clock, 1000), PEPPER, new Random(7));
    assertThat(small.done("shop/alice", done("cart", "c1", "r1"), HOUR)).isTrue();
    int kept = 1;
    while (small.done("shop/u" + kept, done("cart", "c1", "r1"), HOUR)) {
      kept++;
    }
    assertThat(small.find("shop/u" + kept)).isEmpty();
    assertThat(small.find("shop/alice")).hasSize(1);
  }

  @Test
  void where_nothing_can_be_added_the_step_is_not_known_and_nobody_tries_for_long() {
    int[] tries = {0};
    Watched full =
        new Watched(store) {
          @Override
          public boolean replace(String key, long version, byte[] value) {
            tries[0]++;
            return false;
          }
        };
    KeptSteps kept = new KeptSteps(full, PEPPER, new Random(7));
    assertThat(kept.done("shop/alice", done("cart", "c1", "r1"), HOUR)).isTrue();
    assertThat(kept.done("shop/alice", done("cart", "c2", "r2"), HOUR)).isFalse();
    assertThat(tries[0]).isEqualTo(1);
  }

  @Test
  void those_who_do_steps_at_the_same_moment_all_have_done_them() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Steps.Done each = done("cart", "c" + i, "r" + i);
        all.add(callers.submit(() -> steps.done("shop/alice", each, HOUR)));
      }
      for (Future<Boolean> each : all) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(steps.find("shop/alice")).hasSize(16);
  }

  /// Shows what lies in the store.
  private static class Watched implements Sessions {
    private final Sessions inner;
    private final List<String> keys = new ArrayList<>();
    private byte[] last = new byte[0];

    private Watched(Sessions inner) {
      this.inner = inner;
    }

    @Override
    public boolean create(String key, byte[] value, Duration idle, Duration absolute) {
      keys.add(key);
      last = value;
      return inner.create(key, value, idle, absolute);
    }

    @Override
    public Optional<Versioned> find(String key) {
      return inner.find(key);
    }

    @Override
    public Optional<Versioned> look(String key) {
      return inner.look(key);
    }

    @Override
    public boolean replace(String key, long version, byte[] value) {
      return inner.replace(key, version, value);
    }

    @Override
    public void end(String key) {
      inner.end(key);
    }
  }

  @Test
  void who_reads_the_store_reads_nothing_and_who_writes_it_lets_nobody_on() {
    Watched watched = new Watched(store);
    KeptSteps kept = new KeptSteps(watched, PEPPER, new Random(7));
    kept.done("shop/alice", done("cart", "c1", "r1"), HOUR);

    String place = watched.keys.getFirst();
    assertThat(place).doesNotContain("alice").doesNotContain("shop");
    assertThat(new String(watched.last, java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("cart")
        .doesNotContain("c1");
    assertThat(kept.digest("c1")).isNotEqualTo(kept.digest("c2")).doesNotContain("c1");
    KeptSteps other =
        new KeptSteps(store, Pepper.of(Secret.of("another sixteen bytes")), new Random(7));
    assertThat(other.find("shop/alice")).isEmpty();
    assertThat(other.digest("c1")).isNotEqualTo(kept.digest("c1"));

    // alice's steps, put where those of bob would lie
    kept.done("shop/bob", done("cart", "c9", "r9"), HOUR);
    String bobs = watched.keys.getLast();
    byte[] alices = store.look(place).orElseThrow().value();
    store.replace(bobs, store.look(bobs).orElseThrow().version(), alices);
    assertThat(kept.find("shop/bob")).isEmpty();
    store.replace(place, store.look(place).orElseThrow().version(), new byte[40]);
    assertThat(kept.find("shop/alice")).isEmpty();
  }
}
