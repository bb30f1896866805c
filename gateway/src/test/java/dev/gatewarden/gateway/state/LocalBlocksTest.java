package dev.gatewarden.gateway.state;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.testkit.ports.BlocksContract;

class LocalBlocksTest extends BlocksContract {
  @Override
  protected Blocks blocks() {
    return new LocalBlocks(clock);
  }
}
