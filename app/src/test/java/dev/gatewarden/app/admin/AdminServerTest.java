package dev.gatewarden.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AdminServerTest {
  private static final String TOKEN = "a-token-for-operators";
  private final List<String> audited = new ArrayList<>();
  private String obstacle = "";
  private AdminServer server;

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tells_health_and_readiness() throws IOException {
    open(null);
    assertThat(get("/health", "")).startsWith("HTTP/1.1 200").endsWith("up\n");
    assertThat(get("/ready", "")).startsWith("HTTP/1.1 200");
    obstacle = "stopping";
    assertThat(get("/ready", "")).startsWith("HTTP/1.1 503").endsWith("stopping\n");
  }

  @Test
  void shows_a_decision_and_notes_who_looked() throws IOException {
    open(null);
    assertThat(get("/decisions/4bf92f", ""))
        .startsWith("HTTP/1.1 200")
        .endsWith("{\"id\":\"4bf92f\"}\n");
    assertThat(get("/decisions/ffff", "")).startsWith("HTTP/1.1 404");
    assertThat(get("/decisions/../x", "")).startsWith("HTTP/1.1 400");
    assertThat(audited)
        .containsExactly(
            "decision 4bf92f 127.0.0.1 200",
            "decision ffff 127.0.0.1 404",
            "decision  127.0.0.1 400");
  }

  @Test
  void answers_no_web_page_that_reaches_it_by_a_name_of_its_own() throws IOException {
    open(null);
    assertThat(asked("GET /metrics HTTP/1.1\r\nHost: evil.example:8081\r\n"))
        .startsWith("HTTP/1.1 403");
    assertThat(asked("GET /metrics HTTP/1.1\r\nHost: LocalHost:8081\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(asked("GET /metrics HTTP/1.1\r\nHost: [::1]:8081\r\n")).startsWith("HTTP/1.1 200");
  }

  @Test
  void asks_for_the_token_where_there_is_one() throws IOException {
    open(Secret.of(TOKEN));
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
    open(null);
    assertThat(asked("POST /health HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
        .startsWith("HTTP/1.1 405");
    assertThat(get("/nothing", "")).startsWith("HTTP/1.1 404");
  }

  private void open(Secret token) throws IOException {
    server = AdminServer.open(new InetSocketAddress("127.0.0.1", 0), views(), List.of(), token);
  }

  private String get(String path, String lines) throws IOException {
    return asked("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + lines);
  }

  private String asked(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
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

      @Override
      public void audit(String action, String subject, String from, int status) {
        audited.add(action + " " + subject + " " + from + " " + status);
      }
    };
  }
}
