package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.provider.Asking;
import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.testkit.Requirement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Opaque tokens count as far as their issuer vouches for them, and not longer.
class IntrospectionTest {
  private static final String ASKED = "/oauth2/introspect";
  private final AuthorizationServer server = AuthorizationServer.shared();
  private Echo echo;

  @BeforeEach
  void open() throws Exception {
    echo = Echo.start();
  }

  @AfterEach
  void close() {
    server.fail(ASKED, null);
    echo.close();
  }

  private TokenGate gate(String introspection) throws Exception {
    return TokenGate.start(
        echo.uri(),
        "identity: signed",
        """
        url: %s
        audience: %s
        algorithms: [RS256]
        introspection:
          client: {id: gate, secret: file:gate.secret}
        """
                .formatted(server.issuer(), AuthorizationServer.AUDIENCE)
            + introspection.indent(2),
        "");
  }

  @Test
  @Requirement(id = "JWT-4", without = "signed-token")
  void lets_in_whom_the_issuer_vouches_for_and_asks_once() throws Exception {
    String token = server.opaqueToken("alice", "orders:read");
    try (TokenGate gate = gate("")) {
      int before = server.served(ASKED);
      assertThat(gate.get(token).statusCode()).isEqualTo(200);
      assertThat(gate.get(token).statusCode()).isEqualTo(200);
      assertThat(server.served(ASKED)).isEqualTo(before + 1);
      assertThat(gate.get("nobody-knows-this").statusCode()).isEqualTo(401);
      assertThat(gate.get(null).statusCode()).isEqualTo(401);
      assertThat(gate.stopped())
          .contains("signed-token.INACTIVE")
          .doesNotContain(token, "nobody-knows-this");
    }
    assertThat(echo.seen()).hasSize(2);
    assertThat(echo.last().bearer()).isNotEqualTo(token);
  }

  @Test
  @Requirement(id = "JWT-4")
  void refuses_a_revoked_token_once_the_answer_is_old() throws Exception {
    String token = server.opaqueToken("alice", "orders:read");
    try (TokenGate gate = gate("cache: 1s")) {
      assertThat(gate.get(token).statusCode()).isEqualTo(200);
      server.asking().revoke(AuthorizationServer.WEB_OPAQUE, token);
      long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      int status = 200;
      while (status != 401 && System.nanoTime() < until) {
        status = gate.get(token).statusCode();
      }
      assertThat(status).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-4")
  void refuses_tokens_that_are_active_and_no_access_tokens() throws Exception {
    Asking.Tokens tokens =
        server
            .asking()
            .code(AuthorizationServer.WEB_OPAQUE, server.visitor("bob"), "openid", "orders:read");
    assertThat(server.asking().introspect(tokens.refresh()).path("active").asBoolean()).isTrue();
    try (TokenGate gate = gate("")) {
      assertThat(gate.get(tokens.refresh()).statusCode()).isEqualTo(401);
      assertThat(gate.get(tokens.id()).statusCode()).isEqualTo(401);
      assertThat(gate.get(tokens.access()).statusCode()).isEqualTo(200);
      assertThat(gate.stopped()).contains("signed-token.TYPE");
    }
  }

  @Test
  void answers_503_while_the_issuer_is_away_and_nothing_else_is_said() throws Exception {
    String known = server.opaqueToken("alice", "orders:read");
    String fresh = server.opaqueToken("bob", "orders:read");
    try (TokenGate gate = gate("cache: 5m")) {
      assertThat(gate.get(known).statusCode()).isEqualTo(200);
      server.fail(ASKED, 500);
      assertThat(gate.get(known).statusCode()).isEqualTo(200);
      assertThat(gate.get(fresh).statusCode()).isEqualTo(503);
      server.fail(ASKED, null);
      assertThat(gate.get(fresh).statusCode()).isEqualTo(200);
      assertThat(gate.stopped()).contains("signed-token.UNANSWERED");
    }
  }

  @Test
  void a_forged_signature_bothers_nobody() throws Exception {
    String[] good = server.userToken("alice", "orders:read").split("\\.", -1);
    String[] other = server.userToken("bob", "orders:read").split("\\.", -1);
    try (TokenGate gate = gate("")) {
      int before = server.served(ASKED);
      assertThat(gate.get(String.join(".", good)).statusCode()).isEqualTo(200);
      assertThat(gate.get(good[0] + "." + good[1] + "." + other[2]).statusCode()).isEqualTo(401);
      assertThat(server.served(ASKED)).isEqualTo(before);
    }
  }

  @Test
  @Requirement(id = "JWT-4")
  void asks_about_signed_tokens_too_where_it_is_told_to() throws Exception {
    Asking.Tokens tokens =
        server.asking().code(AuthorizationServer.WEB, server.visitor("alice"), "orders:read");
    server.asking().revoke(AuthorizationServer.WEB, tokens.access());
    try (TokenGate plain = gate("");
        TokenGate strict = gate("of: every")) {
      assertThat(plain.get(tokens.access()).statusCode()).isEqualTo(200);
      assertThat(strict.get(tokens.access()).statusCode()).isEqualTo(401);
      assertThat(strict.get(server.userToken("alice", "orders:read")).statusCode()).isEqualTo(200);
    }
  }
}
