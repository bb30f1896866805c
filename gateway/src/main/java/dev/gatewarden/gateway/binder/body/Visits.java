package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.schema.Visit;
import java.security.SecureRandom;

/// The scratch of the schema engine: one for each thread that judges bodies.
public final class Visits {
  private static final SecureRandom SEEDS = new SecureRandom();
  private static final ThreadLocal<Visit> MINE =
      ThreadLocal.withInitial(() -> new Visit(SEEDS.nextLong()));

  private Visits() {}

  public static Visit mine() {
    return MINE.get();
  }
}
