package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// No upstream gets a token that another one would take.
class TokenExchangeTest {
  private static final String NARROW = "https://things.internal";
  private static final String ASKED = "/oauth2/token";
  private final AuthorizationServer server = AuthorizationServer.shared();
  @TempDir private Path folder;
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

  private TokenGate gate(String more) throws Exception {
    return TokenGate.start(
        echo.uri(),
        "identity: {exchange: corp, audience: '"
            + NARROW
            + "', client: {id: gate, secret: file:gate.secret}"
            + more
            + "}",
        "url: %s\naudience: %s\nalgorithms: [RS256]\n"
            .formatted(server.issuer(), AuthorizationServer.AUDIENCE),
        "");
  }

  @Test
  @Requirement(id = "JWT-5", without = "signed-token")
  void the_upstream_gets_a_token_for_itself_alone() throws Exception {
    String token = server.userToken("alice", "orders:read");
    try (TokenGate gate = gate("")) {
      int before = server.served(ASKED);
      assertThat(gate.get(token).statusCode()).isEqualTo(200);
      JsonNode claims = claims(echo.last().bearer());
      assertThat(claims.path("aud").asString()).isEqualTo(NARROW);
      assertThat(claims.path("sub").asString()).isEqualTo("alice");
      assertThat(gate.get(token).statusCode()).isEqualTo(200);
      assertThat(server.served(ASKED)).isEqualTo(before + 1);

      // What the upstream holds is worth nothing at the gate.
      assertThat(gate.get(echo.last().bearer()).statusCode()).isEqualTo(401);
      assertThat(gate.get(null).statusCode()).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-5")
  void the_token_says_that_the_gate_acts_for_the_caller() throws Exception {
    try (TokenGate gate = gate(", acting: true, scopes: ['orders:read']")) {
      assertThat(gate.get(server.userToken("bob", "orders:read", "orders:write")).statusCode())
          .isEqualTo(200);
      JsonNode claims = claims(echo.last().bearer());
      assertThat(claims.path("sub").asString()).isEqualTo("bob");
      assertThat(claims.path("act").path("sub").asString()).isEqualTo(AuthorizationServer.GATE);
      assertThat(claims.path("scope").toString()).contains("orders:read").doesNotContain("write");
    }
  }

  @Test
  @Requirement(id = "JWT-5")
  void the_callers_own_token_never_takes_its_place() throws Exception {
    String token = server.userToken("alice", "orders:read");
    try (TokenGate gate = gate("")) {
      server.fail(ASKED, 500);
      assertThat(gate.get(token).statusCode()).isEqualTo(503);
      server.fail(ASKED, 400);
      assertThat(gate.get(token).statusCode()).isEqualTo(502);
      assertThat(echo.seen()).isEmpty();
      assertThat(gate.stopped())
          .contains("token-exchange.UNREACHABLE", "token-exchange.REFUSED")
          .doesNotContain(token);
    }
  }

  @Test
  @Requirement(id = "JWT-5")
  void a_chain_that_is_too_long_goes_no_further() throws Exception {
    try (TokenGate wide = gate(", acting: true");
        TokenGate narrow = gate(", acting: true, actors: 1")) {
      String token = server.userToken("alice", "orders:read");
      assertThat(wide.get(token).statusCode()).isEqualTo(200);
      String acted = server.asking().exchangeActing(token, AuthorizationServer.AUDIENCE).access();
      assertThat(wide.get(acted).statusCode()).isEqualTo(200);
      assertThat(claims(echo.last().bearer()).path("act").path("act").path("sub").asString())
          .isEqualTo(AuthorizationServer.MACHINE);
      assertThat(narrow.get(acted).statusCode()).isEqualTo(403);
    }
  }

  private OwnGate own(OwnIssuer partner, String others) throws Exception {
    Path secret = folder.resolve("gate.secret");
    Files.writeString(secret, AuthorizationServer.secret(AuthorizationServer.GATE));
    return OwnGate.start(
        echo.uri(),
        "{exchange: corp, audience: '%s', client: {id: gate, secret: 'file:%s'}%s}"
            .formatted(NARROW, secret, others),
        """
        /things:
          get:
            operationId: listThings
            x-gatewarden-object: {none: a test}
            security: [{token: []}, {foreign: []}]
            responses: {'200': {description: all}}
        """,
        """
        components:
          securitySchemes:
            token: {type: http, scheme: bearer}
            foreign: {type: http, scheme: bearer}
        """,
        "security: {token: corp, foreign: partner}",
        """
        issuers:
          corp: {url: '%s', audience: '%s', algorithms: [RS256]}
          partner: {url: '%s', audience: partner-api, algorithms: [ES256]}
        """
            .formatted(server.issuer(), AuthorizationServer.AUDIENCE, partner.uri()));
  }

  @Test
  @Requirement(id = "JWT-5")
  void who_brings_nothing_to_exchange_is_called_for_in_the_gates_own_name_or_not_at_all()
      throws Exception {
    ECKey key = OwnIssuer.key("k");
    try (OwnIssuer partner = OwnIssuer.start(key)) {
      assertThatThrownBy(() -> own(partner, ""))
          .hasMessageContaining("`listThings` lets callers in who bring no token of it");
      try (OwnGate gate = own(partner, ", others: own");
          OwnGate.Line line = gate.line()) {
        String foreign = partner.token(key, "partner-api", "mallory");
        assertThat(line.get("/things", "Authorization: Bearer " + foreign).status()).isEqualTo(200);
        JsonNode claims = claims(echo.last().bearer());
        assertThat(claims.path("sub").asString()).isEqualTo(AuthorizationServer.GATE);
        assertThat(claims.path("aud").asString()).isEqualTo(NARROW);
        assertThat(echo.last().headers().toString()).doesNotContain(foreign);

        String token = server.userToken("alice", "orders:read");
        assertThat(line.get("/things", "Authorization: Bearer " + token).status()).isEqualTo(200);
        assertThat(claims(echo.last().bearer()).path("sub").asString()).isEqualTo("alice");
      }
    }
  }

  private static JsonNode claims(String token) {
    return new JsonMapper()
        .readTree(
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
  }
}
