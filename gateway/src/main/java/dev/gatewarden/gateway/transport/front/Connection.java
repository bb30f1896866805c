package dev.gatewarden.gateway.transport.front;

import io.netty.channel.EventLoop;

/// A connection of callers as the listener sees it.
interface Connection {
  EventLoop loop();

  /// Finishes what runs and closes then.
  void drain();

  /// Answers what runs, and closes.
  void kill();
}
