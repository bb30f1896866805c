package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.demo.http.Answer;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Services that hang, fail and come back, as their callers and they themselves see the gate.
@Timeout(120)
class StayUpTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Own, version: 1.0.0}
      security: []
      servers: [{url: /}]
      paths:
        /things:
          get:
            operationId: list
            responses: {'200': {description: all}}
          post:
            operationId: act
            requestBody: {content: {application/json: {schema: {type: object}}}}
            responses: {'201': {description: done}}
      """;

  private static final Answer FINE = Answer.json(200, "{}");
  private static final Answer BUSY = Answer.problem(503, "busy");
  private static final Answer BROKEN = Answer.problem(500, "broken");

  @TempDir private Path folder;
  private HttpClient client;

  @BeforeEach
  void open() {
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void close() {
    client.close();
  }

  /// A gate in front of APIs, each at its own path.
  ///
  /// @param apis name, what stands below `upstream`, and further ones in turn
  private Opened gate(String... apis) throws IOException {
    Files.writeString(folder.resolve("own.yaml"), CONTRACT);
    StringBuilder text =
        new StringBuilder(
            "gatewarden: 1\nlisten: {public: {port: 0}, admin: {port: 0}}\n"
                + "decisions: stdout\napis:\n");
    for (int i = 0; i < apis.length; i += 2) {
      text.append("  ").append(apis[i]).append(":\n    contract: own.yaml\n    at: {path: /");
      text.append(apis[i]).append("}\n    tenancy: single\n    upstream: {identity: none, ");
      text.append(apis[i + 1]).append("}\n");
    }
    Files.writeString(folder.resolve("gatewarden.yaml"), text);
    return Opened.over(folder);
  }

  private static String at(URI... services) {
    StringBuilder text = new StringBuilder("to: [");
    for (URI each : services) {
      text.append(text.length() == 5 ? "'" : ", '").append(each).append('\'');
    }
    return text.append("], ").toString();
  }

  private HttpResponse<String> get(Opened gate, String api, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(gate.uri().resolve("/" + api + "/things"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(Opened gate, String api) throws Exception {
    return client.send(
        HttpRequest.newBuilder(gate.uri().resolve("/" + api + "/things"))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private String metrics(Opened gate) throws Exception {
    return gate.admin("/metrics").body();
  }

  @Test
  @Requirement(id = "LIM-6", without = "breaker")
  void a_service_that_fails_is_left_alone_and_callers_are_told_when_to_come_again()
      throws Exception {
    try (Echo service = Echo.answering(_ -> BUSY);
        Opened gate = gate("shop", at(service.uri()) + "breaker: {calls: 5, rest: 1h}")) {
      for (int i = 0; i < 5; i++) {
        assertThat(get(gate, "shop").statusCode()).isEqualTo(503);
      }
      HttpResponse<String> spared = get(gate, "shop");
      assertThat(service.seen()).hasSize(5);
      assertThat(spared.statusCode()).isEqualTo(503);
      assertThat(spared.headers().firstValueAsLong("retry-after").orElse(0))
          .isBetween(3500L, 3600L);
      assertThat(spared.body()).contains("is left alone a while");
      assertThat(metrics(gate))
          .contains("gatewarden_upstream_breaker{gatewarden_api=\"shop\"} 2")
          .contains("gatewarden_upstream_spared_total{gatewarden_api=\"shop\"} 1")
          .contains("gatewarden_reason=\"transport.UPSTREAM_RESTING\"")
          .doesNotContain("gatewarden_reason=\"permission.PUBLIC\"");
      Waiting.until("it is written", () -> gate.decisions().contains("\"attempts\":0"));
      assertThat(gate.decisions()).contains("transport.UPSTREAM_RESTING");
    }
  }

  @Test
  @Requirement(id = "LIM-6", without = "breaker")
  void comes_back_by_itself_after_trials_that_go_well() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Echo service = Echo.answering(_ -> asked.incrementAndGet() <= 5 ? BUSY : FINE);
        Opened gate =
            gate("shop", at(service.uri()) + "breaker: {calls: 5, rest: 1s, trials: 2}")) {
      for (int i = 0; i < 5; i++) {
        get(gate, "shop");
      }
      assertThat(get(gate, "shop").body()).contains("is left alone a while");
      Waiting.asking("it is tried again", () -> get(gate, "shop").statusCode() == 200);
      assertThat(get(gate, "shop").statusCode()).isEqualTo(200);
      assertThat(get(gate, "shop").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_caller_who_gives_the_service_no_time_shuts_nobody_out() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Echo service =
            Echo.answering(
                request -> {
                  if (request.header("grpc-timeout") != null) {
                    await(go);
                  }
                  return FINE;
                });
        Opened gate = gate("shop", at(service.uri()) + "breaker: {calls: 5, rest: 1h}")) {
      for (int i = 0; i < 8; i++) {
        assertThat(get(gate, "shop", "grpc-timeout", "150m").statusCode()).isEqualTo(504);
      }
      assertThat(get(gate, "shop").statusCode()).isEqualTo(200);
      go.countDown();
    }
  }

  @Test
  @Requirement(id = "LIM-6", without = "bulkhead")
  void a_service_that_hangs_takes_nothing_from_another() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    try (Echo slow =
            Echo.answering(
                _ -> {
                  both.countDown();
                  await(go);
                  return FINE;
                });
        Echo quick = Echo.answering(_ -> FINE);
        Opened gate =
            gate(
                "slow",
                at(slow.uri()) + "deadline: 20s, at-once: {calls: 2, queue: 0}",
                "quick",
                at(quick.uri()) + "at-once: {calls: 2, queue: 0}");
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> held = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        held.add(callers.submit(() -> get(gate, "slow").statusCode()));
      }
      both.await();
      Future<HttpResponse<String>> third = callers.submit(() -> get(gate, "slow"));
      for (int i = 0; i < 10; i++) {
        assertThat(get(gate, "quick").statusCode()).isEqualTo(200);
      }
      assertThat(third).succeedsWithin(Duration.ofSeconds(5));
      assertThat(third.get().statusCode()).isEqualTo(503);
      assertThat(third.get().body()).contains("as many requests as may be");
      assertThat(third.get().headers().firstValue("retry-after")).contains("1");
      assertThat(slow.seen()).hasSize(2);
      go.countDown();
      for (Future<Integer> each : held) {
        assertThat(each.get()).isEqualTo(200);
      }
      assertThat(get(gate, "slow").statusCode()).isEqualTo(200);
    } finally {
      go.countDown();
    }
  }

  @Test
  @Requirement(id = "LIM-6", without = "retry-budget")
  void a_service_that_is_down_is_not_hit_threefold() throws Exception {
    try (Echo service = Echo.answering(_ -> BUSY);
        Opened gate =
            gate(
                "shop",
                at(service.uri())
                    + "breaker: none, "
                    + "retry: {times: 2, when: unavailable, pause: 0s, budget: 20, spare: 3}")) {
      for (int i = 0; i < 20; i++) {
        assertThat(get(gate, "shop").statusCode()).isEqualTo(503);
      }
      assertThat(service.seen().size()).isBetween(23, 20 + 3 + 4);
      Waiting.until("it is written", () -> gate.decisions().contains("\"attempts\":3"));
    }
  }

  @Test
  void what_acts_is_never_sent_again_and_what_reads_is() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Echo service = Echo.answering(_ -> asked.incrementAndGet() % 2 == 1 ? BUSY : FINE);
        Opened gate =
            gate(
                "shop",
                at(service.uri())
                    + "retry: {times: 2, when: [unavailable, broken-off], pause: 0s}")) {
      assertThat(get(gate, "shop").statusCode()).isEqualTo(200);
      assertThat(service.seen()).hasSize(2);
      assertThat(post(gate, "shop").statusCode()).isEqualTo(503);
      assertThat(service.seen()).hasSize(3);
    }
  }

  @Test
  void a_callers_time_is_forwarded_as_what_is_left_and_never_lengthened() throws Exception {
    try (RawEcho service = RawEcho.start();
        Opened gate = gate("shop", at(service.uri()) + "deadline: 2s, whole: 3s")) {
      get(gate, "shop", "grpc-timeout", "1500m");
      assertThat(nanos(service)).isBetween(1L, 1_500_000_000L);
      get(gate, "shop", "grpc-timeout", "9H");
      assertThat(nanos(service)).isBetween(1L, 3_000_000_000L);
      get(gate, "shop", "grpc-timeout", "soon");
      assertThat(service.last().field("grpc-timeout")).isEmpty();
      get(gate, "shop", "grpc-timeout", "1S", "grpc-timeout", "9S");
      assertThat(service.last().field("grpc-timeout")).isEmpty();
      get(gate, "shop");
      assertThat(service.last().field("grpc-timeout")).isEmpty();
      int before = service.count();
      HttpResponse<String> late = get(gate, "shop", "grpc-timeout", "1n");
      assertThat(late.statusCode()).isEqualTo(504);
      assertThat(late.body()).contains("was over before it could be forwarded");
      assertThat(service.count()).isEqualTo(before);
    }
  }

  private static long nanos(RawEcho service) {
    String text = service.last().field("grpc-timeout").getFirst();
    long value = Long.parseLong(text.substring(0, text.length() - 1));
    return switch (text.charAt(text.length() - 1)) {
      case 'n' -> value;
      case 'u' -> value * 1_000;
      case 'm' -> value * 1_000_000;
      default -> throw new AssertionError(text);
    };
  }

  @Test
  @Requirement(id = "RUN-8", without = "health-check")
  void an_address_that_is_not_well_is_left_out() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger things = new AtomicInteger();
    try (Echo ill =
            Echo.answering(
                request -> {
                  if (request.target().equals("/healthz?deep=1")) {
                    asked.countDown();
                    return BUSY;
                  }
                  things.incrementAndGet();
                  return FINE;
                });
        Echo well = Echo.answering(_ -> FINE);
        Opened gate =
            gate(
                "shop",
                at(ill.uri(), well.uri())
                    + "health: {path: '/healthz?deep=1', every: 1s, within: 1s, down: 1}")) {
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      String left =
          "gatewarden_upstream_place_well{gatewarden_upstream=\"shop/"
              + ill.uri().getAuthority()
              + "\"} 0";
      Waiting.asking("it is left out", () -> metrics(gate).contains(left));
      int before = things.get();
      for (int i = 0; i < 10; i++) {
        assertThat(get(gate, "shop").statusCode()).isEqualTo(200);
      }
      assertThat(things).hasValue(before);
    }
  }

  @Test
  @Requirement(id = "RUN-8", without = "ejection")
  void an_address_that_fails_is_left_out_and_the_last_one_never() throws Exception {
    try (Echo bad = Echo.answering(_ -> BROKEN);
        Echo good = Echo.answering(_ -> FINE);
        Opened gate =
            gate(
                "shop",
                at(bad.uri(), good.uri()) + "ejection: {after: 3, rest: 1h}",
                "alone",
                at(bad.uri()).strip().replaceAll(",$", ""))) {
      for (int i = 0; i < 30; i++) {
        get(gate, "shop");
      }
      assertThat(bad.seen()).hasSize(3);
      assertThat(good.seen()).hasSize(27);
      for (int i = 0; i < 10; i++) {
        get(gate, "alone");
      }
      assertThat(bad.seen()).hasSize(13);
    }
  }

  @Test
  @Requirement(id = "RUN-8")
  void a_request_that_found_nobody_goes_to_another_address() throws Exception {
    URI gone;
    try (Echo closing = Echo.start()) {
      gone = closing.uri();
    }
    try (Echo service = Echo.answering(request -> Answer.json(201, request.text()));
        Opened gate = gate("shop", at(gone, service.uri()).strip().replaceAll(",$", ""))) {
      for (int i = 0; i < 6; i++) {
        assertThat(post(gate, "shop").statusCode()).isEqualTo(201);
      }
      assertThat(service.seen()).hasSize(6);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
