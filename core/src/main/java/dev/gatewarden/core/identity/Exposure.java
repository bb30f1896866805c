package dev.gatewarden.core.identity;

/// Who is told that an API key stood where it must not: in an address, which logs and histories
/// keep. A port that never waits.
@FunctionalInterface
public interface Exposure {
  /// There are no keys that could be exposed.
  Exposure NONE = _ -> {};

  /// A key stood in an address. One that was issued opens nothing from now on; telling it twice
  /// changes nothing, and a made-up one ends nobody's key.
  void inAddress(KeyText key);
}
