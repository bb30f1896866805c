package dev.gatewarden.core.decision;

/// What a guard's refusal does, for each guard and operation.
public enum Mode {
  /// The guard is not asked.
  OFF,
  /// The guard is asked, and what it would have refused is recorded.
  OBSERVE,
  /// The guard's word counts.
  ENFORCE
}
