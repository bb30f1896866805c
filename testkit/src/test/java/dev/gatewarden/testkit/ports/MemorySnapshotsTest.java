package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.decision.Snapshots;

class MemorySnapshotsTest extends SnapshotsContract {
  @Override
  protected Snapshots snapshots() {
    return new MemorySnapshots(clock);
  }
}
