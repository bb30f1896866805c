package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.identity.Bookmark;

/// A bookmark in memory.
public final class MemoryBookmark implements Bookmark {
  private volatile String mark = "";

  @Override
  public String read() {
    return mark;
  }

  @Override
  public void write(String latest) {
    mark = latest;
  }
}
