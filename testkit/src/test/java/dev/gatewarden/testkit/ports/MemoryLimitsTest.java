package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.decision.Claims;

class MemoryLimitsTest extends LimitsContract {
  @Override
  protected Claims claims(int most) {
    return new MemoryClaims(clock, most);
  }
}
