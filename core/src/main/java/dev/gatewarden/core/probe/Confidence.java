package dev.gatewarden.core.probe;

/// How sure a probe is.
public enum Confidence {
  /// The effect was read back, or what must not be seen was seen.
  PROVED,
  /// The service said that it did it and the effect could not be read back, or the rule that it
  /// breaks
  /// was guessed.
  LIKELY
}
