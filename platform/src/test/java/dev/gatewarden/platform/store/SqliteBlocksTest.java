package dev.gatewarden.platform.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Blocks.Kind;
import dev.gatewarden.testkit.ports.BlocksContract;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBlocksTest extends BlocksContract {
  @TempDir private Path folder;
  private StateFile file;

  @Override
  protected Blocks blocks() {
    return Waiting.on(Blocks.class, opened());
  }

  private Blocks opened() {
    try {
      file = StateFile.open(folder.resolve("state.db"), 1 << 20);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new SqliteBlocks(file, new MemoryBlocks(clock), clock);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void knows_after_a_restart_what_was_shut_out_before() {
    Blocks before = blocks();
    Instant now = clock.instant();
    before.block(Kind.TOKEN, "corp|t1", Instant.MAX, now.plus(Duration.ofHours(1)));
    before.block(Kind.SUBJECT, "corp|alice", now.plusSeconds(1), Instant.MAX);
    before.block(Kind.CLIENT, "corp|web", now.plusSeconds(1), now.plus(Duration.ofHours(1)));
    before.lift(Kind.CLIENT, "corp|web");
    file.close();
    Blocks after = blocks();

    assertThat(after.blocked(Kind.TOKEN, "corp|t1", now)).isTrue();
    assertThat(after.blocked(Kind.SUBJECT, "corp|alice", now)).isTrue();
    assertThat(after.blocked(Kind.CLIENT, "corp|web", now)).isFalse();
  }

  @Test
  void waits_for_no_disk_where_nobody_may_wait() {
    Blocks blocks = opened();
    blocks.block(Kind.TOKEN, "corp|t1", Instant.MAX, clock.instant().plusSeconds(60));
    assertThat(blocks.blocked(Kind.TOKEN, "corp|t1", clock.instant())).isTrue();
    file.close();

    assertThat(opened().blocked(Kind.TOKEN, "corp|t1", clock.instant())).isTrue();
  }
}
