package dev.gatewarden.acceptance;

import static dev.gatewarden.demo.issuer.Person.ALICE;
import static dev.gatewarden.demo.issuer.Person.BOB;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.demo.issuer.Person;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that come item by item are judged so while they pass: nobody waits for their end, and
/// what is not the caller's does not leave.
@Timeout(60)
class StreamedObjectsTest {
  private static final String CONTRACT =
      """
      openapi: 3.2.0
      info: {title: News, version: 1.0.0}
      security: [{bearerAuth: ['orders:read']}]
      paths:
        /events:
          get:
            operationId: listEvents
            x-gatewarden-object: {type: parcel, does: list, items: response.body#}
            responses:
              '200':
                description: ok
                content:
                  text/event-stream:
                    itemSchema:
                      type: object
                      properties:
                        event: {type: string}
                        data: {type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Parcel'}}
        /sequence:
          get:
            operationId: listSequence
            x-gatewarden-object: {type: parcel, does: list, items: response.body#}
            responses: {'200': {description: ok, content: {application/json-seq: {itemSchema: {$ref: '#/components/schemas/Parcel'}}}}}
        /lines:
          get:
            operationId: listLines
            x-gatewarden-object: {type: parcel, does: list, items: response.body#}
            responses: {'200': {description: ok, content: {application/x-ndjson: {itemSchema: {$ref: '#/components/schemas/Parcel'}}}}}
        /prices:
          get:
            operationId: listPrices
            x-gatewarden-object: {none: prices are nobody's}
            responses: {'200': {description: ok, content: {text/event-stream: {itemSchema: {$ref: '#/components/schemas/Parcel'}}}}}
      components:
        securitySchemes: {bearerAuth: {type: http, scheme: bearer}}
        x-gatewarden-objects:
          parcel:
            id: {at: /id}
            owner: {at: /customerId, is: principal.subject}
            known-by: [response]
        schemas:
          Parcel:
            type: object
            properties:
              id: {type: string}
              customerId: {type: string}
              total: {type: integer}
              cost: {type: integer, x-gatewarden-read: ['role:nobody']}
      """;

  private static final byte[] END = {};
  private static volatile BlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
  private static HttpServer service;
  private static ShopAtTheGate gate;
  private static HttpClient client;

  @BeforeAll
  static void open() throws Exception {
    service =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    service.createContext("/", StreamedObjectsTest::serve);
    service.start();
    Path file = Files.createTempDirectory("gatewarden-news").resolve("news.yaml");
    Files.writeString(file, CONTRACT);
    gate =
        ShopAtTheGate.start(
            java.util.Set.of(),
            files ->
                ShopAtTheGate.unlimited(files)
                    .change(
                        "apis:\n",
                        """
                        apis:
                          news:
                            contract: %s
                            at: {path: /n}
                            upstream: {to: ['http://127.0.0.1:%d'], deadline: 5s, identity: signed}
                            security: {bearerAuth: demo}
                            tenancy: single
                        """
                            .formatted(file, service.getAddress().getPort())));
    client = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() throws Exception {
    // a stream that a failed test left open would be waited for
    client.shutdownNow();
    gate.close();
    service.stop(0);
  }

  @BeforeEach
  void empty() {
    pieces = new LinkedBlockingQueue<>();
  }

  private static void serve(HttpExchange exchange) throws IOException {
    BlockingQueue<byte[]> said = pieces;
    String path = exchange.getRequestURI().getPath();
    String type =
        path.endsWith("/lines")
            ? "application/x-ndjson"
            : path.endsWith("/sequence") ? "application/json-seq" : "text/event-stream";
    exchange.getResponseHeaders().add("content-type", type);
    exchange.getResponseHeaders().add("x-total-count", "7");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (byte[] piece = said.take(); piece != END; piece = said.take()) {
        out.write(piece);
        out.flush();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void says(String... all) {
    for (String piece : all) {
      pieces.add(piece.getBytes(UTF_8));
    }
  }

  private static HttpResponse<InputStream> open(String path, Person person) throws Exception {
    return client.send(
        gate.side().request("/n" + path, gate.side().token(person)).GET().build(),
        BodyHandlers.ofInputStream());
  }

  /// Everything that comes of a stream that says this and ends.
  private static String all(String path, Person person, String... said) throws Exception {
    pieces = new LinkedBlockingQueue<>();
    says(said);
    pieces.add(END);
    try (InputStream in = open(path, person).body()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static String parcel(String id, String owner) {
    return "{\"id\":\"" + id + "\",\"customerId\":\"" + owner + "\",\"total\":1}";
  }

  private static String event(String id, String owner) {
    return "data: " + parcel(id, owner) + "\n\n";
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void own_events_pass_at_once_and_those_of_others_do_not() throws Exception {
    says(event("1", "alice"));
    HttpResponse<InputStream> response = open("/events", ALICE);
    assertThat(response.headers().firstValue("x-total-count")).isEmpty();
    try (InputStream in = response.body()) {
      byte[] first = event("1", "alice").getBytes(UTF_8);
      assertThat(in.readNBytes(first.length)).isEqualTo(first);
      says(event("2", "bob"), "id: 7\nevent: moved\n" + event("3", "alice"));
      byte[] third = ("event: moved\nid: 7\n" + event("3", "alice")).getBytes(UTF_8);
      assertThat(new String(in.readNBytes(third.length), UTF_8))
          .isEqualTo(new String(third, UTF_8));
      pieces.add(END);
      assertThat(in.readAllBytes()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"id\":\"1\"}\n\n",
        "data: [DONE]\n\n",
        "data: {\"secret\":1}\n\n",
        "data: {\"customerId\":null}\n\n",
        "data: {\"customerId\":[\"alice\"]}\n\n",
        "data: {\"customerId\":\"alice\",\ndata: \"customerId\":\"bob\"}\n\n",
        "data: {\"customerId\":\"alice\"}\rdata: {\"secret\":1}\n\n",
        "data: {\"customerId\":\"alice\"} {\"secret\":1}\n\n",
        "data:{\"customerId\":\"bob\"}\r\n\r\n",
        "\uFEFFdata: {\"customerId\":\"bob\"}\n\n",
        ": secret of bob\n\n",
        "id: secret\n\n",
        "secret: alice\n\n",
        "retry: secret\n\n",
        "event: secret\ndata: {\"customerId\":\"bob\"}\n\n",
        "data: {\"customerId\":\"bob\"}",
      })
  void what_is_not_clearly_the_callers_does_not_leave(String event) throws Exception {
    String seen = all("/events", ALICE, event, event("9", "alice"));
    assertThat(seen).doesNotContain("bob", "secret", "customerId\":null", "DONE", "[\"alice");
    assertThat(seen.contains("data: {\"id\":\"1\"}")).isFalse();
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void items_may_come_in_any_pieces() throws Exception {
    String stream =
        ": alive\n\n"
            + event("1", "alice")
            + event("2", "bob")
            + "retry: 10\n\n"
            + event("3", "alice");
    String[] bytes = stream.split("");
    String expected = ":\n\n" + event("1", "alice") + "retry: 10\n\n" + event("3", "alice");
    assertThat(all("/events", ALICE, bytes)).isEqualTo(expected);
    assertThat(all("/events", ALICE, stream)).isEqualTo(expected);
    assertThat(all("/events", ALICE, stream.replace("\n", "\r\n"))).isEqualTo(expected);
    assertThat(all("/events", BOB, stream)).contains("bob").doesNotContain("alice");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void sequences_of_texts_are_judged_one_by_one() throws Exception {
    String mine = "\u001e" + parcel("1", "alice") + "\n";
    String others = "\u001e" + parcel("2", "bob") + "\n";
    String wide =
        "\u001e{\"customerId\":\n\"alice\",\"id\":\"}\\\"\n".replace("\n\"alice", "\n \"alice");
    assertThat(all("/sequence", ALICE, mine, others, others + mine, "\u001e" + parcel("3", "bob")))
        .isEqualTo(mine + mine);
    assertThat(all("/sequence", ALICE, wide, mine)).isEqualTo(mine);
    says(mine);
    try (InputStream in = open("/sequence", ALICE).body()) {
      assertThat(in.readNBytes(mine.length())).isEqualTo(mine.getBytes(UTF_8));
      pieces.add(END);
    }
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void lines_pass_while_more_are_to_come() throws Exception {
    String mine = parcel("1", "alice") + "\n";
    says(parcel("2", "bob") + "\n", mine);
    try (InputStream in = open("/lines", ALICE).body()) {
      assertThat(in.readNBytes(mine.length())).isEqualTo(mine.getBytes(UTF_8));
      says("\n" + parcel("4", "bob"));
      pieces.add(END);
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("\n");
    }
  }

  @Test
  @Requirement(id = "AUT-3", without = "readable-fields")
  void properties_of_items_are_hidden_from_whom_may_not_see_them() throws Exception {
    String priced = "{\"customerId\":\"alice\",\"cost\":3,\"total\":1}";
    assertThat(all("/events", ALICE, "data: " + priced + "\n\n"))
        .isEqualTo("data: {\"customerId\":\"alice\",\"total\":1}\n\n");
    assertThat(all("/prices", ALICE, "data: " + priced + "\n\n"))
        .isEqualTo("data: {\"customerId\":\"alice\",\"total\":1}\n\n");
    assertThat(all("/lines", ALICE, priced + "\n"))
        .isEqualTo("{\"customerId\":\"alice\",\"total\":1}\n");
  }

  @Test
  @Requirement(id = "AUT-2", without = "object-release")
  void what_did_not_leave_is_told_with_the_answer() throws Exception {
    assertThat(told(parcel("1", "alice") + "\n" + parcel("2", "bob") + "\n"))
        .contains("object-release.");
    assertThat(told("no json\n" + parcel("1", "alice") + "\n"))
        .contains("transport.ITEM_UNREADABLE");
  }

  /// The decision line of a stream that says this and ends.
  private static String told(String stream) throws Exception {
    says(stream);
    pieces.add(END);
    HttpResponse<InputStream> response = open("/lines", ALICE);
    try (InputStream in = response.body()) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(parcel("1", "alice") + "\n");
    }
    HttpRequest line =
        gate.asOperator("/decisions/" + response.headers().firstValue("x-request-id").orElseThrow())
            .build();
    // The line is written after the answer has left.
    Waiting.until(
        "the decision is told",
        () -> client.send(line, BodyHandlers.ofString()).statusCode() == 200);
    return client.send(line, BodyHandlers.ofString()).body();
  }

  @Test
  void many_items_pass_in_little_room() throws Exception {
    StringBuilder much = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      much.append(parcel("x" + i, i % 2 == 0 ? "alice" : "bob")).append('\n');
    }
    assertThat(all("/lines", ALICE, much.toString()).lines().count()).isEqualTo(10_000);
  }

  @Test
  void an_item_that_does_not_end_is_cut_off() throws Exception {
    String first = parcel("1", "alice") + "\n";
    says(first);
    try (InputStream in = open("/lines", ALICE).body()) {
      assertThat(in.readNBytes(first.length())).isEqualTo(first.getBytes(UTF_8));
      says("{\"customerId\":\"alice\",\"id\":\"" + "x".repeat(1_100_000));
      assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
    }
    pieces.add(END);
  }
}
