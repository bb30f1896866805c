package dev.gatewarden.platform.store;

import java.time.Duration;

/// How much a decision store keeps.
///
/// @param keep how long a line is kept
/// @param bytes how many bytes of lines are kept; beyond it the oldest go first
/// @param pending how many bytes may wait for the disk; beyond it lines are dropped and counted
public record Retention(Duration keep, long bytes, int pending) {

  /// A day, 256 MiB, 8 MiB.
  public static final Retention DEFAULT = new Retention(Duration.ofHours(24), 256L << 20, 8 << 20);
}
