package dev.gatewarden.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Relation;
import dev.gatewarden.testkit.ports.RelationsContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRelationsTest extends RelationsContract {
  private static final Relation ALICE = new Relation("alice", "t1", Map.of("account", "a1"));
  @TempDir private Path folder;
  private StateFile file;

  @Override
  protected Relations relations() {
    return Waiting.on(Relations.class, opened(1_000, 64 << 20));
  }

  private Relations opened(long most, long bytes) {
    try {
      file = StateFile.own(folder.resolve("relations.db"), bytes, Duration.ofSeconds(5));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new SqliteRelations(file, most);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void knows_after_a_restart_what_it_learned_before() {
    Relations before = relations();
    before.learn(order("o1"), ALICE);
    before.learn(order("o2"), ALICE);
    before.forget(order("o2"));
    file.close();
    Relations after = relations();

    assertThat(after.find(order("o1"))).contains(ALICE);
    assertThat(after.find(order("o2"))).isEmpty();
    assertThat(after.size()).isEqualTo(1);
  }

  @Test
  void waits_for_no_disk_where_nobody_may_wait_and_answers_what_it_knows() {
    Relations here = opened(1_000, 1 << 20);
    Relations waiting = Waiting.on(Relations.class, here);
    waiting.learn(order("o1"), ALICE);

    assertThatThrownBy(() -> here.find(order("o1"))).isSameAs(WouldWait.INSTANCE);
    assertThat(waiting.find(order("o1"))).contains(ALICE);
    assertThat(waiting.find(order("o2"))).isEmpty();
    assertThat(here.find(order("o1"))).contains(ALICE);
    assertThat(here.find(order("o2"))).isEmpty();
    assertThatThrownBy(() -> here.learn(order("o2"), ALICE)).isSameAs(WouldWait.INSTANCE);
  }

  @Test
  void learns_nothing_beyond_its_limit_and_forgets_nothing_to_make_room() {
    Relations small = Waiting.on(Relations.class, opened(2, 1 << 20));
    small.learn(order("o1"), ALICE);
    small.learn(order("o2"), ALICE);

    assertThat(small.ready()).isFalse();
    assertThatThrownBy(() -> small.learn(order("o3"), ALICE)).isSameAs(OutOfReach.INSTANCE);
    assertThat(small.learn(order("o1"), ALICE)).isTrue();
    small.forget(order("o1"));
    assertThat(small.ready()).isTrue();
    assertThat(small.learn(order("o3"), ALICE)).isTrue();
    assertThat(small.find(order("o2"))).contains(ALICE);
  }

  @Test
  void writes_down_what_many_learn_at_once() throws Exception {
    Relations here = opened(10_000, 64 << 20);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int number = i;
      threads.add(Thread.ofVirtual().start(() -> here.learn(order("o" + number), ALICE)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(here.size()).isEqualTo(500);
    file.close();
    Relations after = relations();

    assertThat(after.size()).isEqualTo(500);
    assertThat(after.find(order("o499"))).contains(ALICE);
  }

  @Test
  void says_so_where_the_file_may_not_grow() {
    Relations small = Waiting.on(Relations.class, opened(1_000_000, 1 << 16));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                small.learn(order("x".repeat(4_000) + i), ALICE);
              }
            })
        .isSameAs(OutOfReach.INSTANCE);

    assertThat(small.ready()).isFalse();
    assertThat(small.find(order("x".repeat(4_000) + 0))).contains(ALICE);
  }

  /// A deletion needs room too: for what the disk has to remember until it is done.
  @Test
  void says_of_a_deletion_for_which_there_is_no_room_that_it_was_not_written() {
    Relations small = Waiting.on(Relations.class, opened(1_000, 1 << 16));
    small.learn(order("o1"), ALICE);
    file.make("CREATE TABLE ballast (much BLOB)");
    file.make(
        "CREATE TRIGGER no_room BEFORE DELETE ON relation BEGIN"
            + " INSERT INTO ballast VALUES (zeroblob(1000000)); END");

    assertThatThrownBy(() -> small.forget(order("o1"))).isSameAs(OutOfReach.INSTANCE);
    assertThat(small.find(order("o1"))).contains(ALICE);
    assertThat(small.size()).isEqualTo(1);
  }

  @Test
  void lets_nobody_else_write_to_its_file() {
    relations().learn(order("o1"), ALICE);

    assertThatThrownBy(() -> StateFile.own(folder.resolve("relations.db"), 1 << 20, Duration.ZERO))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is held by another gate");
  }

  @Test
  void says_of_a_file_that_is_closed_that_nobody_can_say() {
    Relations relations = relations();
    file.close();

    assertThatThrownBy(() -> relations.find(order("o1"))).isSameAs(OutOfReach.INSTANCE);
    assertThatThrownBy(() -> relations.learn(order("o1"), ALICE)).isSameAs(OutOfReach.INSTANCE);
  }

  private static Key order(String id) {
    return new Key("shop", "order", id);
  }
}
