package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done to many things in one request counts as often as it is done.
final class BatchSizeTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Stock, version: '1'}
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer, bearerFormat: JWT}}
        x-gatewarden-objects:
          part: {id: {at: /id}, access: {read: [anyone], write: [anyone]}}
      paths:
        /parts:
          post:
            operationId: countParts
            x-gatewarden-object: {type: part, does: act, id: 'body#/parts/*', batch: all}
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {parts: {type: array, items: {type: string}}}}}}}
            responses: {'204': {description: counted}}
      """;
  private static final Signed CORP = Signed.of("corp");
  private static final String ALICE = CORP.token("alice", "north");

  @TempDir private Path folder;

  @Test
  @Requirement(id = "LIM-7", without = "batch-size")
  void takes_no_batch_beyond_the_bound() throws Exception {
    try (Echo service = Echo.answering(_ -> Answer.empty(204));
        Opened gate = gate(service, "")) {
      assertThat(post(gate, 100)).isEqualTo(204);
      assertThat(post(gate, 101)).isEqualTo(413);
      assertThat(service.seen()).hasSize(1);
    }
  }

  @Test
  @Requirement(id = "LIM-7", without = "batch-size")
  void counts_each_item_in_however_few_requests_they_come() throws Exception {
    try (Echo service = Echo.answering(_ -> Answer.empty(204));
        Opened gate = gate(service, "guards: {batch-size: {most: 10, items: 20/1h}}")) {
      assertThat(post(gate, 10)).isEqualTo(204);
      assertThat(post(gate, 10)).isEqualTo(204);
      assertThat(post(gate, 10)).isEqualTo(429);
      assertThat(post(gate, 1)).isEqualTo(204);
      assertThat(service.seen()).hasSize(3);
    }
  }

  private Opened gate(Echo service, String guards) throws Exception {
    return Opened.gate(
        folder, Opened.before(service.uri(), CORP, "tenancy: single\n" + guards, ""), CONTRACT);
  }

  private static int post(Opened gate, int items) throws Exception {
    String parts =
        IntStream.range(0, items).mapToObj(i -> "\"p" + i + "\"").collect(Collectors.joining(","));
    return gate.send("POST", "/parts", ALICE, "{\"parts\":[" + parts + "]}").statusCode();
  }
}
