package dev.gatewarden.app.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.app.configuration.ConfigurationReader;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.TunableGuards;
import dev.gatewarden.core.document.ProblemsException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GatewardenTest {
  private static final String CONTRACT =
      """
      openapi: 3.1.0
      info: {title: Shop, version: 1.0.0}
      servers: [{url: 'https://service.example/base'}]
      paths:
        /hello:
          get:
            operationId: hello
            security: []
            responses:
              '200': {description: a greeting, content: {text/plain: {schema: {type: string}}}}
      """;

  @TempDir Path folder;
  private final List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer service;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("shop.yaml"), CONTRACT);
    service = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    service.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
  }

  @AfterEach
  void stop() {
    service.stop(0);
    client.close();
  }

  @Test
  void serves_a_request_and_tells_what_it_decided() throws Exception {
    try (Gatewarden gate =
        Gatewarden.start(configured(service.getAddress().getPort(), ""), quiet())) {
      HttpResponse<String> answer = get(gate.port(), "/v1/hello");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(asked).containsExactly("/base/hello");
      assertThat(get(gate.port(), "/v1/other").statusCode()).isEqualTo(404);
      assertThat(asked).hasSize(1);

      assertThat(get(gate.adminPort(), "/health").statusCode()).isEqualTo(200);
      assertThat(get(gate.adminPort(), "/ready").body()).isEqualTo("ready\n");
      assertThat(get(gate.adminPort(), "/metrics").body())
          .contains("http_route=\"/hello\",http_response_status_code=\"200\"")
          .contains("gatewarden_reason=\"router.UNLISTED\"");
      assertThat(get(gate.adminPort(), "/.well-known/jwks.json").body())
          .contains("\"crv\":\"P-256\"");
    }
    List<String> lines = Files.readAllLines(folder.resolve("decisions.ndjson"));
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .contains("\"operation\":\"shop.hello\"", "\"outcome\":\"allowed\"");
    assertThat(lines.getLast()).contains("router.UNLISTED");
  }

  @Test
  void keeps_decisions_for_who_asks_the_admin_port() throws Exception {
    try (Gatewarden gate =
        Gatewarden.start(configured(service.getAddress().getPort(), ""), quiet())) {
      String problem = get(gate.port(), "/v1/other").body();
      int at = problem.indexOf("decision:") + "decision:".length();
      String id = problem.substring(at, at + 32);
      HttpResponse<String> decision = eventually(gate.adminPort(), "/decisions/" + id);
      assertThat(decision.statusCode()).isEqualTo(200);
      assertThat(decision.body()).contains(id).contains("router.UNLISTED");
    }
  }

  @Test
  void runs_without_its_service_and_says_so() throws Exception {
    int nobody = freePort();
    try (Gatewarden gate = Gatewarden.start(configured(nobody, ""), quiet())) {
      assertThat(get(gate.port(), "/v1/hello").statusCode()).isIn(502, 503);
      assertThat(notices.poll(10, TimeUnit.SECONDS))
          .isEqualTo(
              "the service of `shop` at `http://127.0.0.1:"
                  + nobody
                  + "` does not answer; callers get 502 until it does");
    }
  }

  @Test
  void names_who_holds_the_port() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
      Reading reading =
          reading(
              configuration(service.getAddress().getPort(), "")
                  .replace("public: {port: 0}", "public: {port: " + taken.getLocalPort() + "}"));
      assertThatThrownBy(() -> Gatewarden.start(reading, quiet()))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("port " + taken.getLocalPort() + " is ")
          .hasMessageEndingWith("; stop it, or set `listen.public.port`");
    }
  }

  @Test
  void refuses_to_start_without_its_secrets_and_says_where_they_are_named() throws Exception {
    Reading reading =
        reading(configuration(service.getAddress().getPort(), ", read-as: env:SHOP_READER"));
    assertThatThrownBy(() -> Gatewarden.start(reading, quiet()))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("gatewarden.yaml:8:")
        .hasMessageContaining("the environment variable `SHOP_READER` is not set");
    try (Gatewarden gate = Gatewarden.start(reading, quiet().in(Map.of("SHOP_READER", "x")))) {
      assertThat(get(gate.port(), "/v1/hello").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void leaves_nothing_open_when_it_is_closed() throws Exception {
    Gatewarden gate = Gatewarden.start(configured(service.getAddress().getPort(), ""), quiet());
    int port = gate.port();
    int admin = gate.adminPort();
    gate.close();
    gate.close();
    for (int closed : List.of(port, admin)) {
      assertThatThrownBy(() -> get(closed, "/health")).isInstanceOf(IOException.class);
    }
  }

  private Options quiet() {
    return Options.plain().telling(OutputStream.nullOutputStream(), notices::add).in(Map.of());
  }

  private Reading configured(int port, String more) throws IOException {
    return reading(configuration(port, more));
  }

  private static String configuration(int port, String more) {
    return """
    gatewarden: 1
    listen: {public: {port: 0}, admin: {port: 0}}
    apis:
      shop:
        contract: shop.yaml
        at: {path: /v1}
        tenancy: single
        upstream: {to: ['http://127.0.0.1:%d']%s}
    decisions: file:decisions.ndjson
    store: sqlite:decisions.db
    """
        .formatted(port, more);
  }

  private Reading reading(String text) throws IOException {
    Path file = folder.resolve("gatewarden.yaml");
    Files.writeString(file, text);
    return new ConfigurationReader(TunableGuards.all()).read(file, LocalDate.now(ZoneOffset.UTC));
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    Path token = folder.resolve(".gatewarden/admin.token");
    if (!path.startsWith("/v1/") && Files.exists(token)) {
      request.header("Authorization", "Bearer " + Files.readString(token).strip());
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /// The line is on its way for some milliseconds.
  private HttpResponse<String> eventually(int port, String path)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = get(port, path);
    for (int i = 0; i < 1000 && answer.statusCode() == 404; i++) {
      answer = get(port, path);
    }
    return answer;
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return free.getLocalPort();
    }
  }
}
