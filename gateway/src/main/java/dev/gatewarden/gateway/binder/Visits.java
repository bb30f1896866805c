package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.schema.Visit;
import java.security.SecureRandom;

/// The scratch of the schema engine: one for each thread that judges bodies.
final class Visits {
  private static final SecureRandom SEEDS = new SecureRandom();
  private static final ThreadLocal<Visit> MINE =
      ThreadLocal.withInitial(() -> new Visit(SEEDS.nextLong()));

  private Visits() {}

  static Visit mine() {
    return MINE.get();
  }
}
