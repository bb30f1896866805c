package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.identity.Blocks;

class MemoryBlocksTest extends BlocksContract {
  @Override
  protected Blocks blocks() {
    return new MemoryBlocks(clock);
  }
}
