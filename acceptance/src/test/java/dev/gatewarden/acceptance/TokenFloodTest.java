package dev.gatewarden.acceptance;

import static dev.gatewarden.acceptance.IdentityGate.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One machine forges tokens without end; everybody behind the same address goes on working.
class TokenFloodTest {
  @TempDir private Path folder;

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_flood_of_forged_tokens_stops_itself_and_nobody_else() throws Exception {
    ECKey key = OwnIssuer.key("key");
    ECKey forger = OwnIssuer.key("key");
    try (OwnIssuer issuer = OwnIssuer.start(key);
        IdentityGate gate =
            IdentityGate.start(
                folder,
                "/one: [corp]",
                "corp: {url: '"
                    + issuer.uri()
                    + "', audience: 'https://api.example', algorithms: [ES256]}",
                "{corp: corp}")) {
      String alice = issuer.token(key, AUDIENCE, "alice");
      assertThat(gate.status("/one", alice)).isEqualTo(200);
      assertThat(gate.status("/one", issuer.token(key, AUDIENCE, "bob"))).isEqualTo(200);

      List<Integer> flood = new ArrayList<>();
      for (int i = 0; i < 150; i++) {
        String forged = issuer.token(i % 2 == 0 ? forger : OwnIssuer.key("x" + i), AUDIENCE, "m");
        flood.add(gate.status("/one", forged));
      }
      assertThat(flood).containsOnly(401, 429, 503).contains(401, 429);
      assertThat(flood.subList(100, 150)).contains(429);

      // A token that was proved before, and a new one of somebody who was proved from here.
      assertThat(gate.status("/one", alice)).isEqualTo(200);
      assertThat(gate.status("/one", issuer.token(key, AUDIENCE, "bob"))).isEqualTo(200);
      // A newcomer gets in by the trickle.
      String carol = issuer.token(key, AUDIENCE, "carol");
      int status = gate.status("/one", carol);
      for (int i = 0; i < 2_000 && status != 200; i++) {
        status = gate.status("/one", carol);
      }
      assertThat(status).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_limit_on_addresses_locks_nobody_out_who_was_proved() throws Exception {
    ECKey key = OwnIssuer.key("key");
    try (OwnIssuer issuer = OwnIssuer.start(key);
        IdentityGate gate =
            IdentityGate.start(
                folder,
                "/one: [corp]",
                "corp: {url: '"
                    + issuer.uri()
                    + "', audience: 'https://api.example', algorithms: [ES256]}",
                "{corp: corp}",
                "{rate: 1/1h, burst: 5}")) {
      String alice = issuer.token(key, AUDIENCE, "alice");
      assertThat(gate.status("/one", alice)).isEqualTo(200);
      for (int i = 0; i < 4; i++) {
        assertThat(gate.status("/one", "nonsense")).isEqualTo(401);
      }
      assertThat(gate.status("/one", "nonsense")).isEqualTo(429);
      for (int i = 0; i < 10; i++) {
        assertThat(gate.status("/one", alice)).isEqualTo(200);
        assertThat(gate.get("/one", "DPoP", alice).statusCode()).isNotEqualTo(429);
      }
      assertThat(gate.status("/one", alice + "x")).isEqualTo(429);
      assertThat(gate.status("/one", issuer.token(key, AUDIENCE, "bob"))).isEqualTo(429);
    }
  }
}
