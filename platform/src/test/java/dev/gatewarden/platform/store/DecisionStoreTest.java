package dev.gatewarden.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecisionStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;
  private Instant now = NOON;
  private final InstantSource clock = () -> now;

  @Test
  void finds_a_decision_while_the_gate_runs_and_after_it_stopped() throws IOException {
    try (DecisionStore store = store(Retention.DEFAULT)) {
      put(store, line(1) + line(2));
      assertThat(store.find(id(2))).contains(line(2).strip());
      assertThat(DecisionFile.find(file(), id(1))).contains(line(1).strip());
    }
    assertThat(DecisionFile.find(file(), id(1))).contains(line(1).strip());
    assertThat(DecisionFile.find(file(), id(3))).isEmpty();
  }

  @Test
  void knows_nothing_before_the_first_decision() throws IOException {
    try (DecisionStore store = store(Retention.DEFAULT)) {
      assertThat(store.find(id(1))).isEmpty();
    }
    Files.createFile(file());
    assertThat(DecisionFile.find(file(), id(1))).isEmpty();
  }

  @Test
  void finds_by_the_beginning_of_an_id_unless_several_begin_so() throws IOException {
    try (DecisionStore store = store(Retention.DEFAULT)) {
      put(store, line(0x1a) + line(0x1b) + line(0x2c));
      store.flush();
      put(store, line(0x3d));
      assertThat(store.find(id(0x2c).substring(0, 6))).contains(line(0x2c).strip());
      assertThat(store.find(id(0x3d).substring(0, 6))).contains(line(0x3d).strip());
      assertThat(store.find("")).isEmpty();
    }
  }

  @Test
  void goes_on_in_the_file_of_an_earlier_run() throws IOException {
    try (DecisionStore store = store(Retention.DEFAULT)) {
      put(store, line(1));
    }
    try (DecisionStore store = store(Retention.DEFAULT)) {
      put(store, line(2));
      assertThat(store.find(id(1))).isPresent();
      assertThat(store.find(id(2))).isPresent();
    }
  }

  @Test
  void keeps_a_line_for_a_day_and_no_longer() throws IOException {
    try (DecisionStore store = store(Retention.DEFAULT)) {
      put(store, line(1));
      store.flush();
      now = NOON.plus(Duration.ofHours(24));
      put(store, line(2));
      assertThat(store.find(id(1))).isPresent();
      now = now.plusMillis(1);
      put(store, line(3));
      assertThat(store.find(id(1))).isEmpty();
      assertThat(store.find(id(2))).isPresent();
    }
  }

  @Test
  void forgets_the_oldest_when_there_is_too_much() throws IOException {
    int size = line(1).length();
    try (DecisionStore store = store(new Retention(Duration.ofHours(24), 2L * size, 1 << 20))) {
      for (int i = 1; i <= 3; i++) {
        put(store, line(i));
        store.flush();
      }
      assertThat(store.find(id(1))).isEmpty();
      assertThat(store.find(id(2))).isPresent();
      assertThat(store.find(id(3))).isPresent();
    }
  }

  @Test
  void drops_and_counts_what_comes_faster_than_the_disk_takes_it() throws IOException {
    int size = line(1).length();
    try (DecisionStore store = store(new Retention(Duration.ofHours(24), 1 << 20, size))) {
      put(store, line(1) + line(2));
      assertThat(store.dropped()).isEqualTo(2);
      put(store, line(3));
      assertThat(store.find(id(3))).isPresent();
      assertThat(store.dropped()).isEqualTo(2);
      assertThat(store.lost()).isZero();
    }
  }

  @Test
  void counts_what_the_disk_refuses() throws IOException {
    Files.writeString(file(), "this is no database, and longer than the header of one ".repeat(4));
    try (DecisionStore store = store(Retention.DEFAULT)) {
      put(store, line(1) + line(2));
      store.flush();
      assertThat(store.lost()).isEqualTo(2);
    }
  }

  @Test
  void tries_the_next_lines_again_once_the_disk_takes_them() throws IOException {
    Files.writeString(file(), "this is no database, and longer than the header of one ".repeat(4));
    try (DecisionStore store = store(Retention.DEFAULT)) {
      put(store, line(1));
      store.flush();
      Files.delete(file());
      put(store, line(2));
      store.flush();
      assertThat(store.lost()).isEqualTo(1);
      assertThat(DecisionFile.find(file(), id(2))).hasValue(line(2).strip());
    }
  }

  @Test
  void says_where_it_cannot_write() throws IOException {
    Files.createDirectory(file());
    assertThatThrownBy(() -> store(Retention.DEFAULT))
        .isInstanceOf(IOException.class)
        .hasMessage("`" + file() + "` cannot be written");
  }

  @Test
  void says_when_there_is_no_store() {
    assertThatThrownBy(() -> DecisionFile.find(file(), id(1)))
        .hasMessage("there is no decision store at `" + file() + "`");
  }

  private Path file() {
    return folder.resolve("gatewarden.db");
  }

  private DecisionStore store(Retention retention) throws IOException {
    return DecisionStore.open(file(), retention, clock);
  }

  private static void put(DecisionStore store, String lines) {
    byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
    store.write(bytes, bytes.length);
  }

  private static String id(int number) {
    return String.format("%02x", number) + "0".repeat(30);
  }

  private static String line(int number) {
    return "{\"id\":\"" + id(number) + "\",\"status\":200}\n";
  }
}
