package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.policy.Relations;

class MemoryRelationsTest extends RelationsContract {
  @Override
  protected Relations relations() {
    return new MemoryRelations();
  }
}
