package dev.gatewarden.gateway.transport.front;

import java.util.Locale;

/// Why the gate ended a connection, or one exchange on it, for the sake of others.
public enum Ending {
  /// There was no room for one more connection.
  FULL,
  /// Its network had all the connections that one network may have.
  SHARE,
  /// Nothing was asked on it, and somebody else needed its place.
  MADE_ROOM,
  /// Too many frames that carried nothing, or that were broken.
  FRAMES,
  /// Too many requests or pieces of them at once.
  PIPELINE,
  /// The answer was taken too slowly.
  SLOW_READER,
  /// The body came too slowly.
  SLOW_BODY,
  /// The bytes that it held were needed for others.
  HELD_TOO_LONG,
  /// Too many messages of a WebSocket that carried nothing, or one without end.
  MESSAGES;

  /// As metrics have it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
