package dev.gatewarden.acceptance.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Opened;
import dev.gatewarden.acceptance.OwnGate;
import dev.gatewarden.acceptance.RawEcho;
import dev.gatewarden.acceptance.Signed;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// While there is too much to do, what can wait is refused first.
@Timeout(120)
class SheddingTest {
  private static final Signed CORP = Signed.of("corp");

  @TempDir private Path folder;

  @Test
  @Requirement(id = "LIM-6", without = "shedding")
  void searches_are_refused_before_lists_and_lists_before_payments() throws Exception {
    try (Siege siege = Siege.within("{requests: 20}")) {
      List<Socket> waiting = new ArrayList<>();
      hold(siege, waiting, 14);
      OwnGate.Told search = search(siege);
      assertThat(search.status()).isEqualTo(503);
      assertThat(search.head()).containsIgnoringCase("retry-after: 2");
      assertThat(search.body()).contains("for what can wait");
      assertThat(statuses(siege)).containsExactly(200, 200, 200);
      hold(siege, waiting, 16);
      assertThat(search(siege).status()).isEqualTo(503);
      assertThat(statuses(siege)).containsExactly(503, 200, 200);
      hold(siege, waiting, 18);
      assertThat(statuses(siege)).containsExactly(503, 503, 200);
      assertThat(siege.metric("gatewarden_load_level")).isEqualTo(3);

      siege.let();
      Waiting.asking("all is well", () -> siege.metric("gatewarden_load_level") == 0);
      assertThat(search(siege).status()).isEqualTo(200);
      assertThat(statuses(siege)).containsExactly(200, 200, 200);
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  @Test
  @Requirement(id = "LIM-6", without = "shedding")
  void a_body_is_not_even_asked_for() throws Exception {
    try (Siege siege = Siege.within("{requests: 20}");
        Socket one = siege.attacker(1)) {
      List<Socket> waiting = new ArrayList<>();
      hold(siege, waiting, 14);
      Siege.say(
          one,
          "POST /search HTTP/1.1\r\nHost: own.example\r\nContent-Type: application/json\r\n"
              + "Content-Length: 100000\r\nExpect: 100-continue\r\n\r\n");
      String first = new String(one.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(first).isEqualTo("HTTP/1.1 503");
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  @Test
  @Requirement(id = "LIM-6", without = "shedding")
  void callers_who_are_proved_are_served_before_those_who_are_not() throws Exception {
    CountDownLatch let = new CountDownLatch(1);
    String contract =
        """
        openapi: 3.1.0
        info: {title: Own, version: 1.0.0}
        servers: [{url: /}]
        components: {securitySchemes: {token: {type: http, scheme: bearer}}}
        paths:
          /list:
            get:
              operationId: list
              security: [{token: []}, {}]
              x-gatewarden-object: {none: test}
              responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
          /hold:
            get:
              operationId: hold
              security: []
              x-gatewarden-object: {none: test}
              responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
        """;
    try (RawEcho service = RawEcho.answering(request -> held(let, request));
        Opened gate =
            Opened.gate(
                folder,
                Opened.before(
                    service.uri(),
                    CORP,
                    "tenancy: single\noperations: {hold: {priority: critical}}\n",
                    "limits: {requests: 20}\n"),
                contract)) {
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Socket socket = gate.socket();
        waiting.add(socket);
        Siege.say(socket, "GET /hold HTTP/1.1\r\nHost: own.example\r\n\r\n");
      }
      Waiting.until("they wait", () -> service.count() == 16);
      assertThat(gate.status("GET", "/list", "")).isEqualTo(503);
      assertThat(gate.status("GET", "/list", CORP.token("alice", "north"))).isEqualTo(200);
      let.countDown();
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  private static byte[] held(CountDownLatch let, RawEcho.Arrived request) {
    if (request.target().equals("/hold")) {
      try {
        let.await();
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
      }
    }
    return Siege.ascii(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}");
  }

  @Test
  void callers_who_are_slow_to_send_are_no_load() throws Exception {
    try (Siege siege = Siege.within("{requests: 20}")) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Socket socket = siege.attacker(1 + i % 9);
        slow.add(socket);
        Siege.say(
            socket,
            "POST /"
                + (i % 2 == 0 ? "small" : "stream")
                + " HTTP/1.1\r\nHost: own.example\r\nContent-Type: "
                + (i % 2 == 0 ? "application/json" : "text/plain")
                + "\r\nContent-Length: 1000\r\n\r\n{");
      }
      Waiting.asking("all are in", () -> siege.metric("gatewarden_connections") == 60);
      Waiting.asking("none counts", () -> siege.metric("gatewarden_requests_in_flight") == 0);
      assertThat(siege.metric("gatewarden_load_level")).isZero();
      assertThat(search(siege).status()).isEqualTo(200);
      for (Socket each : slow) {
        each.close();
      }
    }
  }

  /// Lists, payments and health.
  private static List<Integer> statuses(Siege siege) {
    return List.of(siege.honest(), siege.status("/pay"), siege.status("/health"));
  }

  private static OwnGate.Told search(Siege siege) throws IOException {
    try (OwnGate.Line line = siege.gate().line()) {
      return line.post("/search", "{}");
    }
  }

  /// As many requests wait at the service as are said.
  private static void hold(Siege siege, List<Socket> waiting, int until) throws Exception {
    while (waiting.size() < until) {
      Socket socket = siege.attacker(1);
      waiting.add(socket);
      Siege.say(socket, "GET /hold HTTP/1.1\r\nHost: own.example\r\n\r\n");
    }
    Waiting.asking(
        "they wait", () -> siege.metric("gatewarden_requests_in_flight") == waiting.size());
  }
}
