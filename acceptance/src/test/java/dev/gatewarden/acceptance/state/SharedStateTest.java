package dev.gatewarden.acceptance.state;

import static dev.gatewarden.acceptance.state.GuardedGate.claims;
import static dev.gatewarden.acceptance.state.GuardedGate.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.acceptance.Redis;
import dev.gatewarden.testkit.Ports;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.Waiting;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Several gates with one Redis are one gate to callers.
@Timeout(180)
class SharedStateTest {
  @TempDir private Path folder;
  private Things things;
  private Redis redis;

  @BeforeEach
  void open() throws Exception {
    things = new Things();
    redis = Redis.start();
  }

  @AfterEach
  void close() throws Exception {
    redis.kill();
    things.close();
  }

  private GuardedGate gate(String name, String issuer, String guards, String more)
      throws IOException {
    return gate(name, issuer, guards, more, "}");
  }

  private GuardedGate gate(String name, String issuer, String guards, String more, String end)
      throws IOException {
    return GuardedGate.start(
        folder.resolve(name),
        things.uri(),
        issuer,
        guards,
        "state: {redis: '" + redis.uri() + "'" + more + end);
  }

  @Test
  @Requirement(id = "RUN-3", without = "token-once")
  void spend_a_one_time_token_at_both_when_it_is_used_at_one() throws Exception {
    try (GuardedGate one = gate("one", ", once: true", "", "");
        GuardedGate other = gate("other", ", once: true", "", "")) {
      for (int i = 0; i < 10; i++) {
        String token = token(claims("alice"));
        assertThat(one.status(token)).isEqualTo(200);
        assertThat(other.status(token)).isEqualTo(401);
        assertThat(one.status(token)).isEqualTo(401);
      }
    }
  }

  @Test
  @Requirement(id = "RUN-3", without = "token-once")
  void share_over_tls_with_certificates_on_both_ends() throws Exception {
    Authority issuer = Authority.root("Redis tests");
    Issued server = issuer.issue(Wish.server("CN=redis", "ip:127.0.0.1"));
    Issued client = issuer.issue(Wish.client("CN=gate"));
    Files.writeString(folder.resolve("issuer.pem"), issuer.pem());
    Files.writeString(folder.resolve("redis.pem"), server.pem());
    Files.writeString(folder.resolve("redis.key"), server.keyPem());
    Files.writeString(folder.resolve("gate.pem"), client.pem());
    Files.writeString(folder.resolve("gate.key"), client.keyPem());
    int encrypted = Ports.free();
    Redis secured =
        Redis.start(
            "tls-port " + encrypted,
            "tls-cert-file " + folder.resolve("redis.pem"),
            "tls-key-file " + folder.resolve("redis.key"),
            "tls-ca-cert-file " + folder.resolve("issuer.pem"));
    String state =
        "state: {redis: 'rediss://127.0.0.1:%d', tls: {trust: ../issuer.pem, certificate:"
            + " ../gate.pem, key: 'file:../gate.key'}}";
    try (GuardedGate one = guarded("one", state.formatted(encrypted));
        GuardedGate other = guarded("other", state.formatted(encrypted))) {
      String token = token(claims("alice"));
      assertThat(one.status(token)).isEqualTo(200);
      assertThat(other.status(token)).isEqualTo(401);
      assertThat(other.status(token(claims("alice")))).isEqualTo(200);
    } finally {
      secured.close();
    }
  }

  private GuardedGate guarded(String name, String state) throws IOException {
    return GuardedGate.start(folder.resolve(name), things.uri(), ", once: true", "", state);
  }

  @Test
  @Requirement(id = "RUN-3", without = "principal-limit")
  void count_one_limit_together() throws Exception {
    String limit = "principal-limit: {rate: 10/1h}";
    try (GuardedGate one = gate("one", "", limit, "");
        GuardedGate other = gate("other", "", limit, "")) {
      String token = token(claims("bob"));
      int granted = 0;
      for (int i = 0; i < 12; i++) {
        granted += one.status(token) == 200 ? 1 : 0;
        granted += other.status(token) == 200 ? 1 : 0;
      }

      assertThat(granted).isEqualTo(10);
    }
  }

  @Test
  @Requirement(id = "RUN-3", without = "revocation")
  void refuse_at_both_what_is_revoked_at_one() throws Exception {
    try (GuardedGate one = gate("one", "", "", "");
        GuardedGate other = gate("other", "", "", "")) {
      Map<String, Object> claims = claims("someone-" + UUID.randomUUID());
      String token = token(claims);
      assertThat(one.status(token)).isEqualTo(200);
      assertThat(other.status(token)).isEqualTo(200);
      one.revoke("{\"do\":\"revoke\",\"kind\":\"token\",\"id\":\"" + claims.get("jti") + "\"}");
      assertThat(one.status(token)).isEqualTo(401);

      int last = other.status(token);
      while (last == 200) {
        last = other.status(token);
      }
      assertThat(last).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "RUN-3", without = "principal-limit")
  void refuse_while_redis_is_gone_and_go_on_by_themselves_when_it_is_back() throws Exception {
    // Other limits would be refused as well; here the one is shown to be.
    String alone =
        "}\nexceptions: [{guard: source-limit, operation: things.*, mode: off, because: one limit"
            + " is looked at, owner: tests, until: "
            + LocalDate.now(ZoneOffset.UTC).plusDays(30);
    try (GuardedGate one = gate("one", "", "principal-limit: {rate: 100000/1h}", alone, "}]")) {
      String token = token(claims("carol"));
      assertThat(one.status(token)).isEqualTo(200);
      redis.kill();
      int last = one.status(token);
      for (int i = 0; i < 200 && last == 200; i++) {
        last = one.status(token);
      }
      assertThat(last).isEqualTo(503);
      assertThat(one.admin("/metrics").body()).contains("\ngatewarden_state_reachable 0\n");

      redis.revive();
      while (last != 200) {
        last = one.status(token);
      }
      assertThat(one.admin("/metrics").body()).contains("\ngatewarden_state_reachable 1\n");
    }
  }

  @Test
  @Requirement(id = "RUN-3", without = "principal-limit")
  void count_their_share_alone_where_that_is_asked_for() throws Exception {
    try (GuardedGate one =
        gate("one", "", "principal-limit: {rate: 10/1h}", ", when-gone: local-share, nodes: 2")) {
      String token = token(claims("dave"));
      assertThat(one.status(token)).isEqualTo(200);
      redis.kill();
      Waiting.until(
          "Redis is missed",
          () -> !one.admin("/metrics").body().contains("\ngatewarden_state_reachable 1\n"));
      int granted = 0;
      for (int i = 0; i < 10; i++) {
        granted += one.status(token) == 200 ? 1 : 0;
      }

      assertThat(granted).isEqualTo(5);
    }
  }
}
