package dev.gatewarden.core.decision;

import java.time.Instant;
import java.util.Optional;

/// What is in force, by name and generation: configuration, contracts, key sets, lists of revoked
/// tokens. A port; every adapter passes one contract
/// suite.
///
/// A generation never changes once it is published, so that every node judges by the same text and
/// an earlier one can be put in force again.
public interface Snapshots {

  /// One generation of something.
  ///
  /// @param generation 1 for the first, then one more each time
  record Snapshot(String name, long generation, Instant at, byte[] content) {}

  /// The newest generation; empty when nothing was published under the name.
  Optional<Snapshot> newest(String name);

  /// The number of the newest generation; 0 when nothing was published. Cheaper than the newest
  /// itself, for those who watch for another one.
  default long generation(String name) {
    return newest(name).map(Snapshot::generation).orElse(0L);
  }

  /// One generation, the newest or an earlier one.
  Optional<Snapshot> at(String name, long generation);

  /// Publishes the next generation if nobody else did.
  ///
  /// @param after the generation that is the newest as far as the publisher knows; 0 for none
  /// @return empty when another one is the newest by now
  Optional<Snapshot> publish(String name, long after, byte[] content);
}
