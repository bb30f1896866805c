package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/// How long a caller may go on with what is under way: until the lease ends or one of the caller's
/// names is shut out.
///
/// Asking costs two comparisons while nothing changed.
final class Tenure {
  private final InstantSource clock;
  private final Blocks blocks;
  private final boolean anybody;
  private final Standing standing;
  private final BooleanSupplier stands;
  private final long until;
  private long epoch;
  private boolean asked;

  Tenure(Exchange exchange, Blocks blocks, InstantSource clock) {
    this.clock = clock;
    this.blocks = blocks;
    this.anybody = exchange.principal().isNobody();
    this.standing = Standing.of(exchange.principal());
    this.stands = exchange.lease().stands();
    Instant end = exchange.lease().until();
    this.until = end.equals(Instant.MAX) ? Long.MAX_VALUE : end.toEpochMilli();
  }

  /// The first answer looks everything up: something may have happened since the caller was proved.
  boolean holds() {
    if (clock.millis() >= until || !stands.getAsBoolean()) {
      return false;
    }
    long now = blocks.epoch();
    if (anybody || (asked && now == epoch)) {
      return true;
    }
    if (standing.shutOut(blocks)) {
      return false;
    }
    epoch = now;
    asked = true;
    return true;
  }
}
