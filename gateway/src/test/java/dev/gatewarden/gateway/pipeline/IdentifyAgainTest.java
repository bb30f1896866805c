package dev.gatewarden.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.Cost;
import dev.gatewarden.core.decision.Decision.Outcome;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.decision.Verdict;
import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.Stage;
import dev.gatewarden.gateway.binder.Promise;
import dev.gatewarden.gateway.binder.RequestBinder.Bound;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryClaims;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdentifyAgainTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: t, version: '1'}
      paths:
        /notes:
          get:
            operationId: notes
            security: [{key: []}]
            x-gatewarden-object: {none: a list of words}
            responses: {'200': {description: ok}}
      components:
        securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
      """;

  /// The request began while its guard was excused; a stream of it does not stay so for ever.
  @Test
  void judges_in_the_modes_of_now_and_not_of_when_it_began() {
    Call carrier = carrier();
    Instant began = carrier.exchange().request().at();
    AtomicInteger asked = new AtomicInteger();
    Seat seat =
        new Seat(
            "key",
            _ -> {
              asked.incrementAndGet();
              return Verdict.absent();
            },
            Cost.LOCAL,
            "key",
            Mode.OFF,
            began.plusSeconds(10));
    Plan plan = new Plan(carrier.operation(), Map.of(Stage.IDENTIFY, List.of(seat)));
    Pipeline pipeline = new Pipeline(_ -> plan, new MemoryClaims(new FakeClock()));

    assertThat(pipeline.identifyAgain(carrier, began.plusSeconds(9)).outcome())
        .isInstanceOf(Outcome.Challenged.class);
    assertThat(asked).hasValue(0);
    assertThat(pipeline.identifyAgain(carrier, began.plusSeconds(10)).outcome())
        .isInstanceOf(Outcome.Challenged.class);
    assertThat(asked).hasValue(1);
  }

  private static Call carrier() {
    if (Promise.of(CONTRACT).bind("GET", "/notes", Bytes.NONE)
        instanceof Bound.Calls(List<Call> calls, Bytes _)) {
      Exchange exchange = calls.getFirst().exchange();
      return Call.carrier(exchange.again());
    }
    throw new AssertionError("not bound");
  }
}
