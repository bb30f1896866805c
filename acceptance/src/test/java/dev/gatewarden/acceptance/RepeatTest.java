package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A request with an `Idempotency-Key` is done once, however often it is sent.
@Timeout(120)
class RepeatTest {
  private static final String PAYMENTS =
      """
      /payments:
        post:
          operationId: pay
          parameters:
          - {name: Idempotency-Key, in: header, schema: {type: string, maxLength: 300}}
          requestBody:
            required: true
            content:
              application/json:
                schema: {type: object, additionalProperties: false, properties: {amount: {type: integer}}}
          responses:
            '201':
              description: paid
              headers: {Location: {schema: {type: string}}}
              content: {application/json: {schema: {type: object}}}
      """;

  /// The service, which tells how often it has paid.
  private static Answer paid(int times) {
    return Answer.json(201, "{\"times\":" + times + "}").with("location", "/payments/" + times);
  }

  private static OwnGate gate(Echo service, String guards, String more) throws IOException {
    return OwnGate.start(service.uri(), PAYMENTS, guards, more);
  }

  private static OwnGate.Told pay(OwnGate gate, String key, int amount) throws IOException {
    try (OwnGate.Line line = gate.line()) {
      return line.post("/payments", "{\"amount\":" + amount + "}", "Idempotency-Key: " + key);
    }
  }

  @Test
  @Requirement(id = "LIM-9", without = "idempotency-key")
  void the_repeat_gets_the_first_answer_and_the_service_pays_once() throws Exception {
    AtomicInteger times = new AtomicInteger();
    try (Echo service = Echo.answering(_ -> paid(times.incrementAndGet()));
        OwnGate gate = gate(service, "", "")) {
      OwnGate.Told first = pay(gate, "k1", 5);
      OwnGate.Told again = pay(gate, "\"k1\"", 5);

      assertThat(times).hasValue(1);
      assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.head()).containsIgnoringCase("location: /payments/1");
      assertThat(again.head()).containsIgnoringCase("idempotency-replayed: true");
      assertThat(first.head()).doesNotContainIgnoringCase("idempotency-replayed");
      assertThat(pay(gate, "k2", 5).body()).contains("2");
    }
  }

  @Test
  @Requirement(id = "LIM-9", without = "idempotency-key")
  void another_body_under_the_same_key_is_refused() throws Exception {
    AtomicInteger times = new AtomicInteger();
    try (Echo service = Echo.answering(_ -> paid(times.incrementAndGet()));
        OwnGate gate = gate(service, "", "")) {
      pay(gate, "k1", 5);

      assertThat(pay(gate, "k1", 6).status()).isEqualTo(422);
      assertThat(times).hasValue(1);
    }
  }

  @Test
  @Requirement(id = "LIM-9", without = "idempotency-key")
  void of_many_at_the_same_moment_one_is_forwarded() throws Exception {
    AtomicInteger times = new AtomicInteger();
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    try (Echo service =
            Echo.answering(
                _ -> {
                  int now = times.incrementAndGet();
                  arrived.countDown();
                  await(answers);
                  return paid(now);
                });
        OwnGate gate = gate(service, "", "");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<OwnGate.Told> first = callers.submit(() -> pay(gate, "k1", 5));
      await(arrived);
      List<Future<OwnGate.Told>> others = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        others.add(callers.submit(() -> pay(gate, "k1", 5)));
      }
      for (Future<OwnGate.Told> other : others) {
        assertThat(other.get().status()).isEqualTo(409);
      }
      answers.countDown();

      assertThat(first.get().status()).isEqualTo(201);
      assertThat(times).hasValue(1);
      assertThat(pay(gate, "k1", 5).status()).isEqualTo(201);
    }
  }

  @Test
  void a_failure_of_the_service_is_answered_again_as_it_was() throws Exception {
    AtomicInteger times = new AtomicInteger();
    try (Echo service =
            Echo.answering(_ -> Answer.problem(500, "half done " + times.incrementAndGet()));
        OwnGate gate = gate(service, "", "")) {
      int first = pay(gate, "k1", 5).status();

      assertThat(pay(gate, "k1", 5).status()).isEqualTo(first).isGreaterThanOrEqualTo(400);
      assertThat(times).hasValue(1);
    }
  }

  @Test
  void what_the_service_did_not_begin_may_come_again() throws Exception {
    AtomicInteger times = new AtomicInteger();
    try (Echo service =
            Echo.answering(
                _ -> times.incrementAndGet() == 1 ? Answer.problem(503, "busy") : paid(2));
        OwnGate gate = gate(service, "", "")) {
      assertThat(pay(gate, "k1", 5).status()).isNotEqualTo(201);

      assertThat(pay(gate, "k1", 5).status()).isEqualTo(201);
    }
  }

  @Test
  void an_answer_too_long_to_be_kept_is_not_forwarded_again() throws Exception {
    AtomicInteger times = new AtomicInteger();
    String letters = "x".repeat(100_000);
    try (Echo service =
            Echo.answering(
                _ -> {
                  times.incrementAndGet();
                  return Answer.json(201, "{\"text\":\"" + letters + "\"}");
                });
        OwnGate gate = gate(service, "", "")) {
      assertThat(pay(gate, "k1", 5).status()).isEqualTo(201);

      assertThat(pay(gate, "k1", 5).status()).isEqualTo(409);
      assertThat(times).hasValue(1);
    }
  }

  @Test
  void what_was_done_is_not_forwarded_again_though_there_was_no_room_for_its_answer()
      throws Exception {
    int length = 300 * 1024;
    byte[] answer =
        ("HTTP/1.1 201 Created\r\n"
                + "Content-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(length)
                + "\r\n"
                + "x".repeat(length)
                + "\r\n0\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try (RawEcho service = RawEcho.answering(_ -> answer);
        OwnGate gate =
            OwnGate.start(
                service.uri(), PAYMENTS, "", "limits: {in-flight: 256KiB, body: 256KiB}\n")) {
      assertThat(pay(gate, "k1", 5).status()).isEqualTo(503);

      assertThat(pay(gate, "k1", 5).status()).isEqualTo(409);
      assertThat(service.count()).isEqualTo(1);
    }
  }

  @Test
  @Requirement(id = "LIM-9", without = "idempotency-key")
  void a_request_without_a_key_is_refused_where_one_is_required() throws Exception {
    try (Echo service = Echo.answering(_ -> paid(1));
        OwnGate gate = gate(service, "guards: {idempotency-key: {required: true}}", "");
        OwnGate.Line line = gate.line()) {
      assertThat(line.post("/payments", "{\"amount\":5}").status()).isEqualTo(400);
      assertThat(service.seen()).isEmpty();
    }
  }

  @Test
  @Requirement(id = "LIM-9", without = "idempotency-key")
  void a_repeat_at_another_gate_gets_the_first_answer() throws Exception {
    AtomicInteger times = new AtomicInteger();
    try (Redis redis = Redis.start();
        Echo service = Echo.answering(_ -> paid(times.incrementAndGet()));
        OwnGate one = gate(service, "", "state: {redis: '" + redis.uri() + "'}");
        OwnGate other = gate(service, "", "state: {redis: '" + redis.uri() + "'}")) {
      OwnGate.Told first = pay(one, "k1", 5);

      assertThat(pay(other, "k1", 5).body()).isEqualTo(first.body());
      assertThat(pay(other, "k1", 6).status()).isEqualTo(422);
      assertThat(times).hasValue(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
