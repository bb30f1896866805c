package dev.gatewarden.gateway.binder.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gatewarden.core.exchange.Reading;
import dev.gatewarden.gateway.binder.Promise;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/// What plain parameters cost in memory.
class ParameterAllocationTest {
  private static final Promise PROMISE =
      Promise.of(
          """
          openapi: 3.1.0
          info: {title: t, version: '1'}
          paths:
            /p/{id}:
              get:
                operationId: op
                security: []
                parameters:
                - {name: id, in: path, required: true, schema: {type: string, format: uuid}}
                - {name: limit, in: query, schema: {type: integer, maximum: 100}}
                - {name: status, in: query, schema: {enum: [open, paid]}}
                - {name: after, in: query, schema: {type: string, maxLength: 20}}
                responses: {'200': {description: ok}}
          """);

  @Test
  void judges_plain_parameters_without_allocating() {
    var judged =
        PROMISE.parameters(
            "GET", "/p/7c9e6679-7425-40de-944b-e07fc1f90ae7?limit=20&status=open&after=x");
    for (int i = 0; i < 20_000; i++) {
      assertGood(judged);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().threadId();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(id);
      for (int i = 0; i < 1_000; i++) {
        assertGood(judged);
      }
      least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).isLessThan(1_000);
  }

  private static void assertGood(Promise.Asked asked) {
    if (asked.breach() != dev.gatewarden.core.exchange.Breach.NONE) {
      throw new AssertionError();
    }
  }

  @Test
  void says_nothing_where_nothing_is_wrong() {
    Reading reading = PROMISE.get("/p/7c9e6679-7425-40de-944b-e07fc1f90ae7?limit=20");
    assertThat(reading.explain()).isEmpty();
  }
}
