package dev.gatewarden.testkit.ports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Bookmark;
import org.junit.jupiter.api.Test;

/// What every adapter of `Bookmark` keeps: the last of what was written.
public abstract class BookmarkContract {

  /// A new adapter to which nothing was written yet.
  protected abstract Bookmark bookmark();

  @Test
  void is_empty_at_first() {
    assertThat(bookmark().read()).isEmpty();
  }

  @Test
  void keeps_what_was_written_last() {
    Bookmark bookmark = bookmark();
    bookmark.write("one\ntwo 3");
    bookmark.write("four");
    assertThat(bookmark.read()).isEqualTo("four");

    bookmark.write("");
    assertThat(bookmark.read()).isEmpty();
  }
}
