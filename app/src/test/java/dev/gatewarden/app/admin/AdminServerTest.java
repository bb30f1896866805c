package dev.gatewarden.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.decision.OutOfReach;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.testkit.FakeClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdminServerTest {
  private static final String TOKEN = "a-token-for-operators";
  private static final String OPERATOR = "Authorization: Bearer " + TOKEN + "\r\n";

  @TempDir private Path folder;
  private final List<String> done = new ArrayList<>();
  private FakeClock clock;
  private AuditLog log;
  private String obstacle = "";
  private AdminServer server;
  private @Nullable RuntimeException fault;

  @BeforeEach
  void open() throws IOException {
    clock = new FakeClock(Instant.parse("2027-01-15T09:00:00Z"));
    log = AuditLog.open(folder.resolve("audit.log"), clock);
    server =
        AdminServer.open(
            new InetSocketAddress("127.0.0.1", 0),
            views(),
            List.of(action()),
            Door.of(Secret.of(TOKEN)),
            log,
            clock);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    log.close();
  }

  @Test
  void tells_health_and_readiness() throws IOException {
    assertThat(get("/health", "")).startsWith("HTTP/1.1 200").endsWith("up\n");
    assertThat(get("/ready", "")).startsWith("HTTP/1.1 200");
    obstacle = "stopping";
    assertThat(get("/ready", "")).startsWith("HTTP/1.1 503").endsWith("stopping\n");
  }

  @Test
  void shows_a_decision_and_notes_who_looked() throws IOException {
    assertThat(get("/decisions/4bf92f", OPERATOR))
        .startsWith("HTTP/1.1 200")
        .endsWith("{\"id\":\"4bf92f\"}\n");
    assertThat(get("/decisions/ffff", OPERATOR)).startsWith("HTTP/1.1 404");
    assertThat(get("/decisions/../x", OPERATOR)).startsWith("HTTP/1.1 400");
    assertThat(written()).containsExactly("token 127.0.0.1 decision 4bf92f 200");
  }

  @Test
  void tells_no_web_page_anything_by_whatever_name_it_reaches_the_port() throws IOException {
    assertThat(asked("GET /metrics HTTP/1.1\r\nHost: evil.example:8081\r\n"))
        .startsWith("HTTP/1.1 401");
    assertThat(asked("GET /metrics HTTP/1.1\r\nHost: localhost:8081\r\n"))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void does_nothing_that_a_web_page_can_ask_for() throws IOException {
    assertThat(post("Content-Type: text/plain\r\n", "{}")).startsWith("HTTP/1.1 400");
    assertThat(post("Content-Type: application/json\r\nOrigin: https://evil.example\r\n", "{}"))
        .startsWith("HTTP/1.1 400");
    assertThat(post("Content-Type: application/json\r\nSec-Fetch-Site: same-origin\r\n", "{}"))
        .startsWith("HTTP/1.1 400");
    assertThat(done).isEmpty();
    assertThat(post("Content-Type: application/json\r\n", "{}")).startsWith("HTTP/1.1 200");
    assertThat(done).containsExactly("acted");
  }

  @Test
  void writes_down_what_is_asked_before_it_is_done() throws IOException {
    assertThat(post("Content-Type: application/json\r\n", "{}")).startsWith("HTTP/1.1 200");
    assertThat(written())
        .containsExactly("token 127.0.0.1 act  asked", "token 127.0.0.1 acted on it 200");
  }

  @Test
  void answers_and_writes_down_what_failed() throws IOException {
    fault = OutOfReach.INSTANCE;
    assertThat(post("Content-Type: application/json\r\n", "{}")).startsWith("HTTP/1.1 503");
    fault = new IllegalStateException("a secret");
    assertThat(post("Content-Type: application/json\r\n", "{}"))
        .startsWith("HTTP/1.1 500")
        .doesNotContain("secret");
    assertThat(written())
        .containsExactly(
            "token 127.0.0.1 act  asked",
            "token 127.0.0.1 act  503",
            "token 127.0.0.1 act  asked",
            "token 127.0.0.1 act  500");
  }

  @Test
  void writes_down_who_knocks_when_the_clock_has_gone_back() throws IOException {
    assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401");
    clock.advance(Duration.ofDays(-1));
    assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401");
    assertThat(written()).hasSize(2);
  }

  @Test
  void does_nothing_that_it_cannot_write_down() throws IOException {
    log.close();
    assertThat(post("Content-Type: application/json\r\n", "{}"))
        .startsWith("HTTP/1.1 503")
        .contains("the audit log cannot be written, so nothing was done");
    assertThat(done).isEmpty();
  }

  @Test
  void writes_down_who_knocks_without_a_token_and_not_each_time() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401");
    }
    assertThat(written()).containsExactly(" 127.0.0.1 refused  401");
    clock.advance(Duration.ofMinutes(1));
    assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401");
    assertThat(written())
        .containsExactly(" 127.0.0.1 refused  401", " 127.0.0.1 refused the last of 20 401");
  }

  @Test
  void asks_for_the_token_where_there_is_one() throws IOException {
    assertThat(get("/metrics", "")).startsWith("HTTP/1.1 401").contains("Bearer");
    assertThat(get("/metrics", "Authorization: Bearer wrong\r\n")).startsWith("HTTP/1.1 401");
    assertThat(get("/metrics", "Authorization: Bearer " + TOKEN + "\r\n"))
        .startsWith("HTTP/1.1 200")
        .endsWith("up 1\n");
    assertThat(get("/health", "")).startsWith("HTTP/1.1 200");
    assertThat(get("/.well-known/jwks.json", "")).startsWith("HTTP/1.1 200");
  }

  @Test
  void changes_nothing() throws IOException {
    assertThat(asked("POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
        .startsWith("HTTP/1.1 405");
    assertThat(get("/nothing", OPERATOR)).startsWith("HTTP/1.1 404");
  }

  private String get(String path, String lines) throws IOException {
    return asked("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines);
  }

  private String post(String lines, String body) throws IOException {
    return asked(
        "POST /act HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            + OPERATOR
            + lines
            + "Content-Length: "
            + body.length()
            + "\r\n",
        body);
  }

  private String asked(String head) throws IOException {
    return asked(head, "");
  }

  /// Who did what, line by line.
  private List<String> written() throws IOException {
    List<String> lines = new ArrayList<>();
    AuditTrail trail =
        AuditTrail.read(
            folder.resolve("audit.log"),
            entry ->
                lines.add(
                    Stream.of("operator", "from", "action", "subject", "outcome")
                        .map(name -> ((Node.Text) entry.get(name)).value())
                        .collect(Collectors.joining(" "))));
    assertThat(trail.fault()).isEmpty();
    return lines;
  }

  private Action action() {
    return new Action() {
      @Override
      public String path() {
        return "/act";
      }

      @Override
      public String told() {
        return "{}";
      }

      @Override
      public Done act(Map<String, String> fields) {
        if (fault != null) {
          throw fault;
        }
        done.add("acted");
        return new Done("acted", "on it", "{}");
      }
    };
  }

  private String asked(String head, String body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
      InputStream answer = socket.getInputStream();
      return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Views views() {
    return new Views() {
      @Override
      public String obstacle() {
        return obstacle;
      }

      @Override
      public String metrics() {
        return "up 1\n";
      }

      @Override
      public String decision(String id) {
        return id.equals("4bf92f") ? "{\"id\":\"4bf92f\"}" : "";
      }

      @Override
      public String keys() {
        return "{\"keys\":[]}";
      }
    };
  }
}
