package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.exchange.Bytes;

/// Work that would keep an event loop from its other requests.
final class LongWork {
  private static final int SHORT = 64 * 1024;

  private LongWork() {}

  /// Has a body of some length read on another thread: its files are looked into, or it is written
  /// as JSON first.
  ///
  /// @throws WouldWait on an event loop
  static void leaveLoop(Bytes body) {
    if (body.length() > SHORT && !Thread.currentThread().isVirtual()) {
      throw WouldWait.INSTANCE;
    }
  }
}
