package dev.gatewarden.gateway.limits;

import dev.gatewarden.core.decision.Claims;
import dev.gatewarden.testkit.ports.ShiftingContract;

class LocalShiftingContractTest extends ShiftingContract {
  @Override
  protected Claims claims(int most) {
    return new LocalClaims(clock, most);
  }
}
