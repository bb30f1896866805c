package dev.gatewarden.gateway.transport.wire;

/// A connection with bytes written that are not yet on their way.
public interface Flushes {
  /// Called once at the end of the loop's turn after `Worker.flushSoon`.
  void flush();
}
