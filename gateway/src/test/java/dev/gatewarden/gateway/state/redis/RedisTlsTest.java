package dev.gatewarden.gateway.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Over TLS the gate speaks to the Redis that was meant, or to none.
@Timeout(60)
class RedisTlsTest {
  @TempDir private static Path folder;
  private static final Authority ISSUER = Authority.root("Redis tests");
  private static final Authority OTHER = Authority.root("somebody else");
  private static int port;
  private static int elsewhere;
  private static RealRedis server;
  private static RealRedis impostor;

  @BeforeAll
  static void open() throws Exception {
    Files.writeString(folder.resolve("issuer.pem"), ISSUER.pem());
    Files.writeString(folder.resolve("other.pem"), OTHER.pem());
    port = RealRedis.free();
    server = serving(port, "here", Wish.server("CN=redis", "ip:127.0.0.1"));
    elsewhere = RealRedis.free();
    impostor = serving(elsewhere, "elsewhere", Wish.server("CN=redis", "dns:redis.example"));
  }

  private static RealRedis serving(int port, String name, Wish wish) throws Exception {
    Issued own = ISSUER.issue(wish);
    Files.writeString(folder.resolve(name + ".pem"), own.pem());
    Files.writeString(folder.resolve(name + ".key"), own.keyPem());
    return new RealRedis(
        "tls-port " + port,
        "tls-cert-file " + folder.resolve(name + ".pem"),
        "tls-key-file " + folder.resolve(name + ".key"),
        "tls-ca-cert-file " + folder.resolve("issuer.pem"));
  }

  @AfterAll
  static void close() {
    server.close();
    impostor.close();
  }

  private static boolean reaches(int port, RedisSettings.Tls tls) {
    try (Redis redis = Redis.open(RealRedis.settings(List.of(port), null, tls, null))) {
      return redis.reachable();
    }
  }

  private static RedisSettings.Tls as(String trust, Authority by) throws Exception {
    Issued own = by.issue(Wish.client("CN=gate"));
    Path certificate = Files.createTempFile(folder, "gate", ".pem");
    Files.writeString(certificate, own.pem());
    return new RedisSettings.Tls(
        folder.resolve(trust + ".pem"), certificate, Secret.of(own.keyPem()));
  }

  @Test
  void speaks_to_the_server_that_was_meant() throws Exception {
    assertThat(reaches(port, as("issuer", ISSUER))).isTrue();
  }

  @Test
  void speaks_to_no_server_that_somebody_else_vouches_for() throws Exception {
    assertThat(reaches(port, as("other", ISSUER))).isFalse();
    assertThat(reaches(port, new RedisSettings.Tls(null, null, null))).isFalse();
  }

  @Test
  void speaks_to_no_server_of_another_name() throws Exception {
    assertThat(reaches(elsewhere, as("issuer", ISSUER))).isFalse();
  }

  @Test
  void is_let_in_by_its_certificate_alone() throws Exception {
    assertThat(reaches(port, new RedisSettings.Tls(folder.resolve("issuer.pem"), null, null)))
        .isFalse();
    assertThat(reaches(port, as("issuer", OTHER))).isFalse();
  }

  @Test
  void never_falls_back_to_plain_words() throws Exception {
    assertThat(reaches(server.port, as("issuer", ISSUER))).isFalse();
  }
}
