package dev.gatewarden.platform.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatewarden.core.identity.Bookmark;
import dev.gatewarden.testkit.ports.BookmarkContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteBookmarkTest extends BookmarkContract {
  @TempDir private Path folder;
  private StateFile file;

  @Override
  protected Bookmark bookmark() {
    return Waiting.on(Bookmark.class, new SqliteBookmark(opened(), "one"));
  }

  @Test
  void outlives_the_gate_and_keeps_names_apart() {
    bookmark().write("here");
    file.close();

    assertThat(new SqliteBookmark(opened(), "one").read()).isEqualTo("here");
    assertThat(new SqliteBookmark(file, "other").read()).isEmpty();
  }

  @Test
  void does_not_say_what_the_disk_refused() {
    Bookmark bookmark = bookmark();
    bookmark.write("here");
    file.make(
        "CREATE TRIGGER refused BEFORE INSERT ON bookmark WHEN new.mark = 'alone'"
            + " BEGIN SELECT RAISE(ABORT, 'the disk refuses'); END");

    assertThatThrownBy(() -> bookmark.write("alone")).isInstanceOf(UncheckedIOException.class);
    assertThat(bookmark.read()).isEqualTo("here");

    file.make("DROP TRIGGER refused");
    bookmark.write("alone");
    assertThat(bookmark.read()).isEqualTo("alone");
  }

  private StateFile opened() {
    try {
      file = StateFile.open(folder.resolve("state.db"), 1 << 20);
      return file;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @AfterEach
  void close() {
    file.close();
  }
}
