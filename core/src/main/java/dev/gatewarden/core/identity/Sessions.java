package dev.gatewarden.core.identity;

import java.time.Duration;
import java.util.Optional;

/// Server-side state that belongs to a browser session or an issued token: opaque bytes under an
/// unguessable key, for a time. A port; every
/// adapter passes one contract suite.
public interface Sessions {

  /// Bytes with the version they were read at.
  record Versioned(byte[] value, long version) {}

  /// Creates what is not there yet.
  ///
  /// @param idle how long it lives without being touched
  /// @param absolute how long it lives at most
  /// @return false when the key is taken
  boolean create(String key, byte[] value, Duration idle, Duration absolute);

  /// The value, if it is alive; finding it restarts the idle time.
  Optional<Versioned> find(String key);

  /// Replaces the value only if nobody else did since it was read.
  boolean replace(String key, long version, byte[] value);

  /// Ends it at once; ending what is gone is no error.
  void end(String key);
}
