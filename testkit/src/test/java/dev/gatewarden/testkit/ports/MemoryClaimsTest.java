package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.decision.Claims;

class MemoryClaimsTest extends ClaimsContract {
  @Override
  protected Claims claims(int most) {
    return new MemoryClaims(clock, most);
  }
}
