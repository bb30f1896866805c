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
    if (held.addAndGet(bytes) <= most) {
      return true;
    }
    held.addAndGet(-bytes);
    return false;
  }

  public void give(int bytes) {
    held.addAndGet(-bytes);
  }

  /// Bytes held now.
  public long held() {
    return held.get();
  }
}
