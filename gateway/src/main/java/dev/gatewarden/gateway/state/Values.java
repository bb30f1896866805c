package dev.gatewarden.gateway.state;

import dev.gatewarden.core.identity.Sessions;

/// What may be kept in a session.
final class Values {
  private Values() {}

  /// The value itself.
  ///
  /// @throws IllegalArgumentException when it is longer than a session holds
  static byte[] checked(byte[] value) {
    if (value.length > Sessions.MOST_BYTES) {
      throw new IllegalArgumentException(
          "a session holds at most " + Sessions.MOST_BYTES + " bytes, not " + value.length);
    }
    return value;
  }
}
