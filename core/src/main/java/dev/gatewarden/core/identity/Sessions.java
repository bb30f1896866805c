package dev.gatewarden.core.identity;

import java.time.Duration;
import java.util.Optional;

/// Server-side state that belongs to a browser session or an issued token: opaque bytes under an
/// unguessable key, for a time. A port; every adapter passes one contract suite.
///
/// Several sections of one configuration share it: each begins its keys with a name of its own,
/// `web/…`. Each method throws `WouldWait` on an event loop when the answer is not at hand, and
/// `OutOfReach` when it cannot be had at all.
public interface Sessions {

  /// Bytes with the version they were read at.
  record Versioned(byte[] value, long version) {}

  /// The most bytes of one value.
  int MOST_BYTES = 64 * 1024;

  /// Creates what is not there yet.
  ///
  /// @param value at most `MOST_BYTES`
  /// @param idle how long it lives without being touched
  /// @param absolute how long it lives at most
  /// @return false when the key is taken, or when there is no room for another: nothing that lives
  ///     is forgotten to make room
  /// @throws IllegalArgumentException when the value is too long
  boolean create(String key, byte[] value, Duration idle, Duration absolute);

  /// The value, if it is alive; finding it restarts the idle time.
  Optional<Versioned> find(String key);

  /// The value, if it is alive; its idle time goes on as if nobody had looked.
  Optional<Versioned> look(String key);

  /// Replaces the value only if nobody else did since it was read; also restarts the idle time.
  ///
  /// @throws IllegalArgumentException when the value is too long
  boolean replace(String key, long version, byte[] value);

  /// Ends it at once; ending what is gone is no error.
  void end(String key);
}
