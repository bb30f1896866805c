package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.identity.Bookmark;

class MemoryBookmarkTest extends BookmarkContract {
  @Override
  protected Bookmark bookmark() {
    return new MemoryBookmark();
  }
}
