package dev.gatewarden.gateway.transport;

import dev.gatewarden.gateway.pipeline.Resilience;
import dev.gatewarden.gateway.pipeline.Resilience.AtOnce;
import dev.gatewarden.gateway.pipeline.Resilience.Breaker;
import dev.gatewarden.gateway.pipeline.Resilience.Ejection;
import dev.gatewarden.gateway.pipeline.Resilience.Health;
import dev.gatewarden.gateway.pipeline.Resilience.Retry;
import dev.gatewarden.gateway.pipeline.Resilience.When;
import java.time.Duration;
import java.util.Set;

/// How services are spared, in the words of tests.
final class Sparing {
  /// Nothing is refused, tried again or left out.
  static final Resilience NOT =
      new Resilience(
              AtOnce.DEFAULT,
              Breaker.DEFAULT,
              new Retry(0, Set.of(), Duration.ZERO, Duration.ZERO, 0, 0, false),
              Ejection.DEFAULT,
              null)
          .without(Set.of("breaker", "ejection", "bulkhead"));

  private Sparing() {}

  static Resilience breaking(Breaker breaker) {
    return new Resilience(NOT.atOnce(), breaker, NOT.retry(), NOT.ejection(), null);
  }

  static Resilience atOnce(int calls, int queue, Duration patience) {
    return new Resilience(
        new AtOnce(calls, calls, queue, patience),
        NOT.breaker(),
        NOT.retry(),
        NOT.ejection(),
        null);
  }

  static Resilience repeating(int times, int budget, int spare, boolean keyed, When... when) {
    return new Resilience(
        NOT.atOnce(),
        NOT.breaker(),
        new Retry(
            times, Set.of(when), Duration.ofNanos(1), Duration.ofNanos(1), budget, spare, keyed),
        NOT.ejection(),
        null);
  }

  static Resilience ejecting(Ejection ejection) {
    return new Resilience(NOT.atOnce(), NOT.breaker(), NOT.retry(), ejection, null);
  }

  static Resilience asking(Health health) {
    return new Resilience(NOT.atOnce(), NOT.breaker(), NOT.retry(), NOT.ejection(), health);
  }
}
