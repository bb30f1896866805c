package dev.gatewarden.gateway.transport.wire;

import java.util.concurrent.atomic.AtomicLong;

/// The one memory budget for bytes that all exchanges hold.
public final class Budget {
  private final long most;
  private final AtomicLong held = new AtomicLong();

  /// @param most bytes
  public Budget(long most) {
    this.most = most;
  }

  /// Takes bytes; false when they are not to be had.
  public boolean take(int bytes) {
    // Never beyond the bound, even for a moment: others are refused by what they see then.
    for (long now = held.get(); now + bytes <= most; now = held.get()) {
      if (held.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
    return false;
  }

  /// Whether bytes were to be had.
  public boolean has(int bytes) {
    return held.get() + bytes <= most;
  }

  /// Whether so much is taken that who holds bytes without getting on has to give them back.
  boolean tight() {
    return held.get() > most - most / 8;
  }

  /// Whether there is room again.
  boolean eased() {
    return held.get() <= most - most / 4;
  }

  public void give(int bytes) {
    held.addAndGet(-bytes);
  }

  /// Bytes held now.
  public long held() {
    return held.get();
  }
}
