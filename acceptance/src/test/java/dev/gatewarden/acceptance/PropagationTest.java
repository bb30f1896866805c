package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.demo.http.Incoming;
import dev.gatewarden.testkit.Requirement;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The upstream learns who calls from the gate, and from nobody else.
class PropagationTest {
  private final AuthorizationServer server = AuthorizationServer.shared();
  private Echo echo;

  @BeforeEach
  void open() throws Exception {
    echo = Echo.start();
  }

  @AfterEach
  void close() {
    echo.close();
  }

  private TokenGate gate(String upstream) throws Exception {
    return TokenGate.start(
        echo.uri(),
        upstream,
        "url: %s\naudience: %s\nalgorithms: [RS256]\ntenant: /org\n"
            .formatted(server.issuer(), AuthorizationServer.AUDIENCE),
        "");
  }

  @ParameterizedTest
  @Requirement(id = "JWT-12")
  @ValueSource(
      strings = {
        "X-User",
        "X-User-Id",
        "X-Forwarded-User",
        "X-Auth-Request-Email",
        "X-Remote-User",
        "Remote-User",
        "X-JWT-Assertion",
        "X-Goog-IAP-JWT-Assertion",
        "X-Amzn-Oidc-Data",
        "X-MS-CLIENT-PRINCIPAL",
        "X-MS-CLIENT-PRINCIPAL-NAME",
        "X-Gatewarden-Subject",
        "X-Consumer-Username",
        "X-Authenticated-Userid",
        "Impersonate-User",
        "Cf-Access-Authenticated-User-Email",
        "X-Acme-Caller"
      })
  void what_a_caller_says_of_itself_ends_at_the_gate(String name) throws Exception {
    String token = server.userToken("alice", "orders:read");
    try (TokenGate gate = gate("identity: signed\nstrip: [x-acme-caller]")) {
      for (String spelled : List.of(name, name.toUpperCase(Locale.ROOT), name.replace('-', '_'))) {
        int status =
            gate.get(token, spelled, "admin", spelled, "root", "x-plain", "stays").statusCode();
        assertThat(status).isIn(200, 400);
      }
      assertThat(gate.get(token, "X-User-Note", "mine", "x-plain", "stays").statusCode())
          .isEqualTo(200);
    }
    assertThat(echo.seen()).isNotEmpty();
    for (Incoming request : echo.seen()) {
      assertThat(request.headers()).containsKey("x-plain");
      assertThat(request.headers().values().toString()).doesNotContain("admin", "root");
    }
    assertThat(echo.last().header("x-user-note")).isEqualTo("mine");
  }

  @Test
  @Requirement(id = "JWT-12")
  void a_connection_line_cannot_take_the_gates_word_away() throws Exception {
    String token = server.userToken("alice", "orders:read");
    try (TokenGate gate = gate("identity: signed")) {
      String told =
          raw(
              gate,
              "GET /things HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                  + token
                  + "\r\nConnection: close, authorization, x-request-id\r\n\r\n");
      assertThat(told).startsWith("HTTP/1.1 400");
    }
    assertThat(echo.seen()).isEmpty();
  }

  @Test
  @Requirement(id = "JWT-12", without = "signed-token")
  void the_gates_word_names_the_caller_and_can_be_checked() throws Exception {
    try (TokenGate gate = gate("identity: signed")) {
      assertThat(gate.get(null).statusCode()).isEqualTo(401);
      assertThat(gate.get(server.userToken("carol", "orders:read")).statusCode()).isEqualTo(200);
      String claims =
          new String(
              Base64.getUrlDecoder().decode(echo.last().bearer().split("\\.", -1)[1]),
              StandardCharsets.UTF_8);
      assertThat(claims)
          .contains("\"sub\":\"carol\"", "\"tenant\":\"globex\"", "\"roles\":[\"support\"]");
    }
  }

  static List<VerifierSnippets> verifiers() {
    return List.of(VerifierSnippets.JAVA, VerifierSnippets.NODE, VerifierSnippets.PYTHON);
  }

  @ParameterizedTest
  @Requirement(id = "JWT-12")
  @MethodSource("verifiers")
  void a_service_can_check_it_as_the_guide_says(VerifierSnippets verifier, @TempDir Path folder)
      throws Exception {
    try (TokenGate gate = gate("identity: signed");
        TokenGate other = gate("identity: signed")) {
      assertThat(gate.get(server.userToken("carol", "orders:read")).statusCode()).isEqualTo(200);
      String token = echo.last().bearer();
      String keys = gate.admin("/.well-known/jwks.json", null).body();
      VerifierSnippets.Said good = verifier.run(folder, token, keys, "things");
      assertThat(good.code()).as(good.err()).isZero();
      assertThat(good.out().strip()).isEqualTo("carol");

      String[] parts = token.split("\\.", -1);
      String altered =
          new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
              .replace("carol", "alice");
      String forged =
          parts[0]
              + "."
              + Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(altered.getBytes(StandardCharsets.UTF_8))
              + "."
              + parts[2];
      assertThat(verifier.run(folder, forged, keys, "things").code()).isNotZero();
      assertThat(verifier.run(folder, token, keys, "orders").code()).isNotZero();
      String foreign = other.admin("/.well-known/jwks.json", null).body();
      assertThat(verifier.run(folder, token, foreign, "things").code()).isNotZero();
    }
  }

  private static String raw(TokenGate gate, String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", gate.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
