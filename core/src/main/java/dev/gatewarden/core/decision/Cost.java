package dev.gatewarden.core.decision;

/// What a guard costs. A dearer class runs only while no enforced refusal of a cheaper one stands.
public enum Cost {
  /// Compares what is at hand.
  LOCAL,
  /// Computes signatures or hashes over a body.
  CRYPTO,
  /// May have to wait for somebody else.
  WAITS
}
