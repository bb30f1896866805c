package dev.gatewarden.acceptance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.Redis;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two gates that share a Redis, under load of all kinds, while their service falters, their
/// configuration changes for better and worse, and Redis goes and comes back.
///
/// Some seconds each time; ten minutes with `gatewarden.nightly`.
@Timeout(1200)
final class SoakTest {
  private static final boolean NIGHTLY = Boolean.getBoolean("gatewarden.nightly");
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int STEPS = 24;
  private static final int CALLERS = 12;
  private static final int ANSWERS = 120;
  private static final Signed CORP = Signed.of("corp");

  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Notes, version: '1'}
      security: [{token: []}]
      components:
        securitySchemes: {token: {type: http, scheme: bearer, bearerFormat: JWT}}
        x-gatewarden-objects:
          note: {id: {at: /id}, owner: {at: /owner, is: principal.subject}, known-by: [response]}
        schemas:
          Note: {type: object, properties: {id: {type: string}, owner: {type: string}}}
      paths:
        /notes:
          get:
            operationId: listNotes
            x-gatewarden-object: {none: numbers are nobody's}
            parameters: [{name: limit, in: query, schema: {type: integer}}]
            responses: {'200': {description: all, content: {application/json: {schema: {type: array, items: {type: integer}}}}}}
        /notes/{id}:
          get:
            operationId: readNote
            x-gatewarden-object: {type: note, id: path.id}
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            responses: {'200': {description: one, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}}
        /payments:
          post:
            operationId: pay
            x-gatewarden-object: {none: payments are nobody's}
            parameters: [{name: Idempotency-Key, in: header, schema: {type: string}}]
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {amount: {type: integer}}}}}}
            responses: {'201': {description: paid, content: {application/json: {schema: {type: object}}}}}
      """;

  @TempDir private Path folder;
  private final List<Ledger> ledgers = new ArrayList<>();

  @Test
  @Requirement(id = "RUN-2")
  @Requirement(id = "RUN-3")
  @Requirement(id = "LIM-6")
  void no_decision_is_lost_and_no_request_answered_wrongly() throws Exception {
    try (Redis redis = Redis.start();
        Flaky service = new Flaky();
        Opened one = gate("one", redis, service.uri());
        Opened other = gate("other", redis, service.uri())) {
      List<Opened> gates = List.of(one, other);
      Callers callers = new Callers(gates, ledgers, CORP.token("alice", "north"));
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        threads.add(callers.begin(i));
      }
      turmoil(callers, gates, redis, service);
      callers.stop();
      for (Thread thread : threads) {
        thread.join();
      }
      // Stopping writes what is still to be written, to the ledgers and nowhere else.
      for (Opened gate : gates) {
        assertThat(gate.lines()).isEmpty();
      }
      assertThat(callers.failed()).isEmpty();
      assertThat(callers.well()).containsExactlyInAnyOrder(Told.Kind.values());
      assertThat(service.paid().values().stream().filter(times -> times != 1)).isEmpty();
      ledgers.forEach(SoakTest::whole);
    }
  }

  /// Each answer has one line, which says what the caller saw, by a generation that always said so.
  private static void whole(Ledger ledger) {
    assertThat(ledger.wrong()).isEmpty();
    assertThat(ledger.open()).isEmpty();
    assertThat(ledger.agreed()).isGreaterThan(STEPS * ANSWERS / 4);
    assertThat(ledger.byGeneration())
        .isNotEmpty()
        .allSatisfy((generation, statuses) -> assertThat(statuses).hasSize(1));
  }

  /// Something goes wrong, or right again, each time that callers have had some answers.
  private void turmoil(Callers callers, List<Opened> gates, Redis redis, Flaky service)
      throws Exception {
    Random random = new Random(20_270_115);
    long end = System.nanoTime() + LONG.toNanos();
    boolean there = true;
    for (int step = 0; NIGHTLY ? System.nanoTime() < end : step < STEPS; step++) {
      callers.goOn(ANSWERS);
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          configure("one", "other", random.nextBoolean() ? 3 : 10);
          reload(gates, 200);
        }
        case 2 -> {
          configure("one", "other", 0);
          reload(gates, 400);
        }
        case 3 -> service.feel(Flaky.Mood.values()[1 + random.nextInt(3)]);
        case 4 -> service.feel(Flaky.Mood.WELL);
        default -> {
          if (there) {
            redis.kill();
          } else {
            revive(redis, callers);
          }
          there = !there;
        }
      }
    }
    service.feel(Flaky.Mood.WELL);
    if (!there) {
      revive(redis, callers);
    }
    callers.goOn(ANSWERS);
  }

  /// Somebody's own end of a connection may have the port for a moment, since nobody listens there.
  private static void revive(Redis redis, Callers callers) throws Exception {
    for (int tries = 1; ; tries++) {
      try {
        redis.revive();
        return;
      } catch (IOException taken) {
        if (tries == 20) {
          throw taken;
        }
        callers.goOn(ANSWERS);
      }
    }
  }

  private Opened gate(String name, Redis redis, URI service) throws IOException {
    Opened.write(folder.resolve(name), text(redis, service, 10), CONTRACT);
    Ledger ledger = new Ledger();
    ledgers.add(ledger);
    return Opened.over(folder.resolve(name), options -> options.telling(ledger, _ -> {}));
  }

  /// @param most items of a page; 0 is no sound configuration
  private void configure(String one, String other, int most) throws IOException {
    for (String name : List.of(one, other)) {
      Path file = folder.resolve(name).resolve("gatewarden.yaml");
      String text = Files.readString(file);
      Files.writeString(file, text.replaceAll("most: [0-9]+", "most: " + most));
    }
  }

  private static void reload(List<Opened> gates, int status) throws Exception {
    for (Opened gate : gates) {
      assertThat(gate.admin("/reload", "{}").statusCode()).isEqualTo(status);
    }
  }

  private static String text(Redis redis, URI service, int most) {
    return Opened.before(
        service,
        CORP,
        """
        tenancy: single
        guards:
          page-size: {most: %d}
          source-limit: {rate: 1000000/1s, burst: 1000000}
          principal-limit: {rate: 1000000/1s}
          signed-token: {failures: 1000000/1s}
          idempotency-key: {}
        """
            .formatted(most),
        "state: {redis: '" + redis.uri() + "', when-gone: local-share, nodes: 2}");
  }
}
