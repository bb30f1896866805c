package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.attack.Seen;
import dev.gatewarden.demo.attack.Side;
import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.demo.shop.Bank;
import dev.gatewarden.demo.shop.Shelves;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each event of the bank reaches the service once, and only the bank's.
class WebhookTest {

  private static final String EVENT =
      "{\"event\":\"payment.settled\",\"order\":\"" + Shelves.OF_ALICE + "\",\"amount\":1000}";

  private static ShopAtTheGate shop;
  private static Side side;

  @BeforeAll
  static void open() throws Exception {
    shop = ShopAtTheGate.start();
    side = shop.side();
  }

  @AfterAll
  static void close() throws Exception {
    shop.close();
  }

  @BeforeEach
  void tidy() {
    side.reset();
  }

  @Test
  @Requirement(id = "HOK-2", without = "event-once")
  void a_repeat_of_a_delivered_event_is_answered_and_goes_no_further() throws Exception {
    String id = id();
    Instant now = side.now();
    Seen first = side.event(id, now, EVENT);
    Seen second = side.event(id, now, EVENT);

    assertThat(first.status()).isEqualTo(204);
    assertThat(second.ok()).isTrue();
    assertThat(paid()).isEqualTo(1000);
  }

  @ParameterizedTest
  @ValueSource(ints = {-301, -3600, 306, 86_400})
  void an_event_outside_the_window_is_refused(int seconds) throws Exception {
    Seen seen = side.event(id(), side.now().plusSeconds(seconds), EVENT);

    assertThat(seen.status()).isBetween(400, 409);
    assertThat(paid()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-295, 0, 295})
  void an_event_within_the_window_passes(int seconds) throws Exception {
    assertThat(side.event(id(), side.now().plusSeconds(seconds), EVENT).status()).isEqualTo(204);
    assertThat(paid()).isEqualTo(1000);
  }

  @Test
  void an_event_that_failed_is_forwarded_again() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (Echo service =
            Echo.answering(
                _ ->
                    calls.incrementAndGet() == 1
                        ? Answer.problem(503, "later")
                        : Answer.empty(204));
        ShopAtTheGate other =
            ShopAtTheGate.start(
                Set.of(), files -> ShopAtTheGate.unlimited(files).upstream(service.uri()))) {
      String id = id();
      Instant now = side.now();

      assertThat(other.side().event(id, now, EVENT).status()).isBetween(500, 504);
      assertThat(other.side().event(id, now, EVENT).status()).isEqualTo(204);
      assertThat(other.side().event(id, now, EVENT).ok()).isTrue();
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void an_event_signed_by_nobody_or_somebody_else_is_refused() throws Exception {
    Instant now = side.now();
    String id = id();
    Bank other = new Bank(Bank.freshSecret());

    assertThat(side.event(id, now, EVENT, "v1,").status()).isIn(400, 401);
    assertThat(side.event(id, now, EVENT, other.sign(id, now, EVENT)).status()).isEqualTo(401);
    assertThat(side.post("/v1/webhooks/bank", null, EVENT).status()).isEqualTo(401);
    assertThat(paid()).isZero();
  }

  @Test
  void a_changed_body_time_or_id_is_refused() throws Exception {
    Bank bank = shop.playground().bank();
    Instant now = side.now();
    String id = id();
    String signature = bank.sign(id, now, EVENT);

    assertThat(side.event(id, now, EVENT.replace("1000", "9000"), signature).status())
        .isEqualTo(401);
    assertThat(side.event(id, now.plusSeconds(1), EVENT, signature).status()).isEqualTo(401);
    assertThat(side.event(id(), now, EVENT, signature).status()).isEqualTo(401);
    assertThat(paid()).isZero();
  }

  @Test
  void a_forger_cannot_burn_an_id() throws Exception {
    String id = id();
    Instant now = side.now();
    side.event(id, now, EVENT, new Bank(Bank.freshSecret()).sign(id, now, EVENT));

    assertThat(side.event(id, now, EVENT).status()).isEqualTo(204);
    assertThat(paid()).isEqualTo(1000);
  }

  @Test
  void the_signature_covers_the_bytes_and_not_their_meaning() throws Exception {
    Bank bank = shop.playground().bank();
    Instant now = side.now();
    String id = id();
    Seen seen =
        side.send(
            side.request("/v1/webhooks/bank", null)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", bank.sign(id, now, EVENT))
                .POST(BodyPublishers.ofString(EVENT.replace(":", ": "))));

    assertThat(seen.status()).isEqualTo(401);
  }

  @Test
  void a_signed_event_must_still_conform() throws Exception {
    Seen seen = side.event(id(), side.now(), EVENT.replace("1000", "-1"));

    assertThat(seen.status()).isEqualTo(400);
    assertThat(paid()).isZero();
  }

  @Test
  @Requirement(id = "HOK-2", without = "event-once")
  void an_event_that_was_delivered_before_a_restart_is_not_delivered_again() throws Exception {
    String secret = Bank.freshSecret();
    Path file = Files.createTempFile("gatewarden", ".secret");
    Files.writeString(file, secret);
    String paths =
        """
        /events:
          post:
            operationId: event
            security: [{signature: []}]
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}}
            responses: {'204': {description: taken}}
        """;
    String schemes =
        "components: {securitySchemes: {signature: {type: apiKey, in: header, name:"
            + " webhook-signature}}}\n";
    AtomicInteger calls = new AtomicInteger();
    try (Echo service =
            Echo.answering(
                _ -> {
                  calls.incrementAndGet();
                  return Answer.empty(204);
                });
        OwnGate gate =
            OwnGate.start(
                service.uri(),
                paths,
                schemes,
                "security: {signature: bank}",
                "senders: {bank: {preset: standard-webhooks, secrets: ['file:" + file + "']}}\n")) {
      String id = id();
      Instant now = Instant.now();
      String signature = new Bank(secret).sign(id, now, "{\"n\":1}");
      String[] fields = {
        "webhook-id: " + id,
        "webhook-timestamp: " + now.getEpochSecond(),
        "webhook-signature: " + signature
      };
      try (OwnGate.Line line = gate.line()) {
        assertThat(line.post("/events", "{\"n\":1}", fields).status()).isEqualTo(204);
      }
      gate.restart();

      try (OwnGate.Line line = gate.line()) {
        assertThat(line.post("/events", "{\"n\":1}", fields).status()).isBetween(200, 204);
      }
      assertThat(calls).hasValue(1);
    } finally {
      Files.delete(file);
    }
  }

  private static int paid() {
    return shop.shelves().order(Shelves.OF_ALICE).paid();
  }

  private static String id() {
    return "evt_" + UUID.randomUUID();
  }
}
