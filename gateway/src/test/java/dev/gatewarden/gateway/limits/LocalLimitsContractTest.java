package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.testkit.ports.LimitsContract;

class LocalLimitsContractTest extends LimitsContract {
  @Override
  protected Claims claims(int most) {
    return new LocalClaims(clock, most);
  }
}
