package dev.gatewarden.core.probe;

/// How sure a probe is.
public enum Confidence {
  /// The effect was read back, or what must not be seen was seen.
  PROVED,
  /// The service said that it did it; the effect could not be read back.
  LIKELY
}
