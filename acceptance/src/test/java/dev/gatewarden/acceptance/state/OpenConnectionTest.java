package dev.gatewarden.acceptance.state;

import static dev.gatewarden.acceptance.state.GuardedGate.claims;
import static dev.gatewarden.acceptance.state.GuardedGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatewarden.testkit.Requirement;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who holds a connection open is proved again and again, and loses it with the proof.
@Timeout(120)
class OpenConnectionTest {
  /// Longer than it takes to be proved again.
  private static final Duration A_WHILE = Duration.ofSeconds(8);

  private static final String INTROSPECTION =
      ", introspection: {url: '%s', cache: 1s, client: {id: gate, secret: file:secret}}";

  @TempDir private Path folder;
  private final Set<String> active = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger listed = new AtomicInteger();
  private volatile boolean away;
  private volatile int withdrawn;
  private Things things;
  private HttpServer issuer;

  @BeforeEach
  void open() throws Exception {
    things = new Things();
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    issuer.createContext(
        "/introspect",
        exchange -> {
          asked.incrementAndGet();
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          byte[] answer = introspected(form).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(away ? 500 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    issuer.createContext(
        "/list",
        exchange -> {
          listed.incrementAndGet();
          byte[] list =
              StatusListing.of(at("/list"), withdrawn, 1).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/statuslist+jwt");
          exchange.sendResponseHeaders(200, list.length);
          exchange.getResponseBody().write(list);
          exchange.close();
        });
    issuer.start();
  }

  @AfterEach
  void close() throws Exception {
    issuer.stop(0);
    things.close();
  }

  private String at(String path) {
    return "http://127.0.0.1:" + issuer.getAddress().getPort() + path;
  }

  private String introspected(String form) {
    for (String token : active) {
      if (form.contains(token)) {
        return "{\"active\":true,\"token_type\":\"Bearer\",\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"%s\",\"client_id\":\"web\",\"exp\":%d}"
            .formatted(
                GuardedGate.CORP.issuer(),
                GuardedGate.CORP.audience(),
                token,
                Instant.now().getEpochSecond() + 600);
      }
    }
    return "{\"active\":false}";
  }

  private GuardedGate gate(String issuing) throws Exception {
    java.nio.file.Files.writeString(
        java.nio.file.Files.createDirectories(folder.resolve("gate")).resolve("secret"), "s3cret");
    return GuardedGate.start(folder.resolve("gate"), things.uri(), issuing, "", "");
  }

  private static OpenSocket socket(GuardedGate gate, String token) throws Exception {
    return OpenSocket.on(gate.socket(), "things", "/socket", "Authorization: Bearer " + token);
  }

  @Test
  @Requirement(id = "JWT-4", without = "held-connection")
  void a_socket_ends_when_the_issuer_says_that_its_token_is_active_no_more() throws Exception {
    active.add("opaque-of-alice");
    active.add("opaque-of-bob");
    try (GuardedGate gate = gate(INTROSPECTION.formatted(at("/introspect")));
        OpenSocket alice = socket(gate, "opaque-of-alice");
        OpenSocket bob = socket(gate, "opaque-of-bob")) {
      active.remove("opaque-of-alice");

      assertThat(alice.goodbye()).isEqualTo(1008);
      assertThat(bob.isQuietFor(Duration.ofSeconds(1))).isTrue();
    }
  }

  @Test
  @Requirement(id = "JWT-4", without = "held-connection")
  void a_stream_ends_when_the_issuer_says_that_its_token_is_active_no_more() throws Exception {
    active.add("opaque-of-alice");
    try (GuardedGate gate = gate(INTROSPECTION.formatted(at("/introspect")));
        Socket socket = gate.socket()) {
      socket
          .getOutputStream()
          .write(
              "GET /news HTTP/1.1\r\nHost: things\r\nAuthorization: Bearer opaque-of-alice\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      assertThat(Things.head(in)).contains(" 200 ");
      active.clear();

      String rest = OpenSocket.rest(socket, in);
      assertThat(rest).contains("hello").doesNotContain("0\r\n\r\n");
    }
  }

  @Test
  void a_socket_goes_on_for_a_while_when_nobody_can_say() throws Exception {
    active.add("opaque-of-alice");
    try (GuardedGate gate = gate(INTROSPECTION.formatted(at("/introspect")));
        OpenSocket alice = socket(gate, "opaque-of-alice")) {
      away = true;
      int before = asked.get();
      assertThat(alice.isQuietFor(A_WHILE)).isTrue();
      assertThat(asked.get()).isGreaterThan(before);
      assertThat(gate.status("opaque-of-alice")).isEqualTo(503);

      active.clear();
      away = false;
      assertThat(alice.goodbye()).isEqualTo(1008);
    }
  }

  @Test
  @Requirement(id = "JWT-3", without = "held-connection")
  void a_socket_ends_when_the_status_list_withdraws_its_token() throws Exception {
    try (GuardedGate gate = gate(", status: required");
        OpenSocket alice = socket(gate, placed(0));
        OpenSocket bob = socket(gate, placed(1))) {
      withdrawn = 1;

      assertThat(alice.goodbye()).isEqualTo(1008);
      assertThat(bob.isQuietFor(Duration.ofSeconds(1))).isTrue();
    }
  }

  private String placed(long index) {
    Map<String, Object> claims = claims("somebody");
    claims.put("status", Map.of("status_list", Map.of("idx", index, "uri", at("/list"))));
    return token(claims);
  }

  /// Being proved again is no second use.
  @Test
  void a_socket_of_a_one_time_token_goes_on() throws Exception {
    try (GuardedGate gate = gate(", once: true, status: required")) {
      String token = placed(0);
      try (OpenSocket alice = socket(gate, token)) {
        int before = listed.get();
        assertThat(alice.isQuietFor(A_WHILE)).isTrue();
        assertThat(listed.get()).as("proved again").isGreaterThan(before);
        assertThat(gate.status(token)).isEqualTo(401);
      }
    }
  }
}
