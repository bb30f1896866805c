package dev.gatewarden.gateway.walk;

import java.util.concurrent.atomic.AtomicInteger;

/// How long what one generation opened is needed: until another took its place and the last walk
/// that began by it is over.
public final class Term {
  /// Who still needs it: each walk under way, and its being in force.
  private final AtomicInteger needed = new AtomicInteger(1);

  private final Runnable over;

  /// @param over closes what was opened; run once, on a thread of its own
  public Term(Runnable over) {
    this.over = over;
  }

  /// A term that ends nothing.
  public static Term endless() {
    return new Term(() -> {});
  }

  /// One more needs it.
  ///
  /// @return false where it is over already
  public boolean begin() {
    int now = needed.get();
    while (now > 0) {
      if (needed.compareAndSet(now, now + 1)) {
        return true;
      }
      now = needed.get();
    }
    return false;
  }

  /// One who began needs it no more.
  public void end() {
    if (needed.decrementAndGet() == 0) {
      Thread.ofVirtual().name("generation-over").start(over);
    }
  }

  /// Another is in force; called once.
  public void replaced() {
    end();
  }

  /// Walks under way; one more while it is in force.
  public int needed() {
    return needed.get();
  }
}
