package dev.gatewarden.gateway.state;

import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.testkit.ports.RelationsContract;

class LocalRelationsTest extends RelationsContract {
  @Override
  protected Relations relations() {
    return new LocalRelations(1_000);
  }
}
