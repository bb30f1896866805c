package dev.gatewarden.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.identity.Sessions;
import dev.gatewarden.testkit.ports.SessionsContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteSessionsTest extends SessionsContract {
  private static final Duration HOUR = Duration.ofHours(1);
  @TempDir private Path folder;
  private StateFile file;

  @Override
  protected Sessions sessions() {
    return Waiting.on(Sessions.class, opened());
  }

  private Sessions opened() {
    try {
      file = StateFile.open(folder.resolve("state.db"), 1 << 20);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return new SqliteSessions(file, clock);
  }

  @AfterEach
  void close() {
    file.close();
  }

  @Test
  void finds_after_a_restart_what_lived_before_and_nothing_that_ended() {
    Sessions before = sessions();
    before.create("lives", new byte[] {1}, HOUR, HOUR);
    before.create("ended", new byte[] {2}, HOUR, HOUR);
    before.end("ended");
    file.close();
    Sessions after = sessions();

    assertThat(after.find("lives")).isPresent();
    assertThat(after.find("ended")).isEmpty();
  }

  @Test
  void never_waits_for_the_disk_on_an_event_loop() {
    assertThatThrownBy(() -> opened().find("s")).isSameAs(WouldWait.INSTANCE);
  }

  @Test
  void creates_none_where_there_is_no_room_and_ends_none_to_make_some() {
    Sessions sessions = sessions();
    sessions.create("mine", new byte[10], HOUR, HOUR);
    int refused = 0;
    for (int i = 0; i < 40; i++) {
      refused += sessions.create("flood" + i, new byte[60_000], HOUR, HOUR) ? 0 : 1;
    }

    assertThat(refused).isPositive();
    assertThat(sessions.find("mine")).isPresent();
  }

  @Test
  void keeps_no_key_that_a_reader_of_the_file_could_use() throws IOException {
    sessions().create("the-cookie-of-alice", new byte[] {1}, HOUR, HOUR);
    file.close();

    String all = Files.readString(folder.resolve("state.db"), StandardCharsets.ISO_8859_1);
    assertThat(all).doesNotContain("the-cookie-of-alice");
  }
}
