package dev.gatewarden.acceptance;

import static dev.gatewarden.acceptance.IdentityGate.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import dev.gatewarden.acceptance.provider.AuthorizationServer;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several issuers side by side, whose keys have the same names and whose users too.
class IssuersTest {
  private static final String OPERATIONS =
      """
      /one: [corp]
      /other: [partner]
      /either: [corp, partner]
      /inside: [corp, mail]
      """;
  private static final String MAPPED = "{corp: corp, partner: partner, mail: mail}";

  @TempDir static Path folder;
  private static ECKey ofCorp;
  private static ECKey ofPartner;
  private static OwnIssuer corp;
  private static OwnIssuer partner;
  private static IdentityGate gate;

  @BeforeAll
  static void open() throws Exception {
    ofCorp = OwnIssuer.key("key-1");
    ofPartner = OwnIssuer.key("key-1");
    corp = OwnIssuer.start(ofCorp);
    partner = OwnIssuer.start(ofPartner);
    gate =
        IdentityGate.start(
            folder,
            OPERATIONS,
            """
            corp: {url: '%1$s', audience: https://api.example, algorithms: [ES256]}
            partner: {url: '%2$s', audience: https://api.example, algorithms: [ES256]}
            mail: {url: '%1$s', audience: https://mail.example, algorithms: [ES256]}
            """
                .formatted(corp.uri(), partner.uri()),
            MAPPED);
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    corp.close();
    partner.close();
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void lets_each_issuer_in_where_its_scheme_is_asked_for_and_nowhere_else() throws Exception {
    String own = corp.token(ofCorp, AUDIENCE, "alice");
    String foreign = partner.token(ofPartner, AUDIENCE, "alice");
    assertThat(gate.status("/one", own)).isEqualTo(200);
    assertThat(gate.status("/other", foreign)).isEqualTo(200);
    assertThat(gate.status("/one", foreign)).isEqualTo(401);
    assertThat(gate.status("/other", own)).isEqualTo(401);
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void never_confuses_one_name_at_two_issuers() throws Exception {
    assertThat(gate.status("/either", corp.token(ofCorp, AUDIENCE, "alice"))).isEqualTo(200);
    assertThat(gate.told()).contains("\"sub\":\"alice\"", "\"origin\":\"corp\"");
    assertThat(gate.status("/either", partner.token(ofPartner, AUDIENCE, "alice"))).isEqualTo(200);
    assertThat(gate.told()).contains("\"sub\":\"alice\"", "\"origin\":\"partner\"");
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void never_checks_a_token_with_the_keys_of_another_issuer() throws Exception {
    Map<String, Object> claims = new HashMap<>(corp.claims(AUDIENCE, "admin"));
    assertThat(gate.status("/either", partner.token(ofPartner, claims))).isEqualTo(401);
    assertThat(gate.status("/one", partner.token(ofPartner, claims))).isEqualTo(401);
    claims.put("iss", List.of(corp.uri().toString(), partner.uri().toString()));
    assertThat(gate.status("/either", partner.token(ofPartner, claims))).isEqualTo(401);
    claims.put("iss", "https://nobody.example");
    HttpResponse<String> refused = gate.get("/either", partner.token(ofPartner, claims));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(String.join(" ", refused.headers().allValues("www-authenticate")))
        .contains("invalid_token");
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void issuers_with_algorithms_of_their_own_stand_side_by_side() throws Exception {
    AuthorizationServer server = AuthorizationServer.shared();
    ECKey key = OwnIssuer.key("k");
    Path own = Files.createDirectory(folder.resolve("side-by-side"));
    try (OwnIssuer other = OwnIssuer.start(key);
        IdentityGate both =
            IdentityGate.start(
                own,
                "/either: [corp, partner]",
                """
                corp: {url: '%1$s', audience: '%2$s', algorithms: [RS256]}
                partner: {url: '%3$s', audience: '%2$s', algorithms: [ES256]}
                """
                    .formatted(server.issuer(), AuthorizationServer.AUDIENCE, other.uri()),
                "{corp: corp, partner: partner}")) {
      assertThat(both.status("/either", server.clientCredentials("read"))).isEqualTo(200);
      assertThat(both.status("/either", other.token(key, AuthorizationServer.AUDIENCE, "alice")))
          .isEqualTo(200);
      // A token of the one by an algorithm that only the other accepts is nobody's.
      Map<String, Object> claims =
          new HashMap<>(other.claims(AuthorizationServer.AUDIENCE, "alice"));
      claims.put("iss", server.issuer().toString());
      assertThat(both.status("/either", other.token(key, claims))).isEqualTo(401);
    }
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void an_issuer_that_is_named_by_a_mere_word_has_its_keys_from_where_the_operator_says()
      throws Exception {
    ECKey key = OwnIssuer.key("k");
    Path own = Files.createDirectory(folder.resolve("word"));
    Files.writeString(
        own.resolve("legacy.json"),
        Crafted.json(Map.of("keys", List.of(key.toPublicJWK().toJSONObject()))));
    String issuers = "legacy: {issuer: legacy-system, audience: '%s', algorithms: [ES256]%s}\n";
    try (OwnIssuer maker = OwnIssuer.start(key);
        IdentityGate word =
            IdentityGate.start(
                own,
                "/things: [legacy]",
                issuers.formatted(AUDIENCE, ", keys: legacy.json"),
                "{legacy: legacy}")) {
      Map<String, Object> claims = new HashMap<>(maker.claims(AUDIENCE, "alice"));
      claims.put("iss", "legacy-system");
      assertThat(word.status("/things", maker.token(key, claims))).isEqualTo(200);
      for (String other : List.of("Legacy-System", "legacy-system ", "https://legacy-system")) {
        claims.put("iss", other);
        assertThat(word.status("/things", maker.token(key, claims))).as(other).isEqualTo(401);
      }
    }
    Path bare = Files.createDirectory(folder.resolve("bare"));
    assertThatThrownBy(
            () ->
                IdentityGate.start(
                    bare, "/things: [legacy]", issuers.formatted(AUDIENCE, ""), "{legacy: legacy}"))
        .hasMessageContaining("nobody can be asked for the keys of `legacy-system`");
    assertThatThrownBy(
            () ->
                IdentityGate.start(
                    bare,
                    "/things: [legacy]",
                    issuers.formatted(AUDIENCE, ", url: 'https://id.example', keys: legacy.json"),
                    "{legacy: legacy}"))
        .hasMessageContaining("`issuer` has no effect beside `url`");
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void tells_audiences_of_one_issuer_apart() throws Exception {
    assertThat(gate.status("/inside", corp.token(ofCorp, AUDIENCE, "alice"))).isEqualTo(200);
    assertThat(gate.told()).contains("\"origin\":\"corp\"");
    String mail = corp.token(ofCorp, "https://mail.example", "alice");
    assertThat(gate.status("/inside", mail)).isEqualTo(200);
    assertThat(gate.told()).contains("\"origin\":\"mail\"");
    assertThat(gate.status("/one", mail)).isEqualTo(401);
    assertThat(gate.status("/inside", corp.token(ofCorp, "https://bank.example", "alice")))
        .isEqualTo(401);
  }

  @Test
  @Requirement(id = "JWT-2", without = "signed-token")
  void refuses_no_good_token_while_keys_rotate_under_load(@TempDir Path own) throws Exception {
    ECKey first = OwnIssuer.key("first");
    ECKey second = OwnIssuer.key("second");
    ECKey third = OwnIssuer.key("third");
    try (OwnIssuer issuer = OwnIssuer.start(first);
        IdentityGate rotating =
            IdentityGate.start(
                own,
                "/one: [corp]",
                "corp: {url: '"
                    + issuer.uri()
                    + "', audience: 'https://api.example', algorithms: [ES256]}",
                "{corp: corp}")) {
      String before = issuer.token(first, AUDIENCE, "alice");
      assertThat(rotating.status("/one", before)).isEqualTo(200);
      issuer.publish(first, second);
      together(rotating, issuer, first, second);
      issuer.publish(second, third);
      together(rotating, issuer, second, third);
      // One fetch at the start, and at most two for each rotation.
      assertThat(issuer.fetches()).isLessThanOrEqualTo(5);
      assertThat(rotating.status("/one", before)).as("its key is withdrawn").isEqualTo(401);
      // The issuer goes away; what it signed is good all the same.
      issuer.down(true);
      assertThat(rotating.status("/one", issuer.token(third, AUDIENCE, "bob"))).isEqualTo(200);
      int asked = issuer.fetches();
      for (int i = 0; i < 30; i++) {
        rotating.status("/one", issuer.token(OwnIssuer.key("made-up-" + i), AUDIENCE, "mallory"));
      }
      assertThat(issuer.fetches()).isEqualTo(asked);
      assertThat(rotating.status("/one", issuer.token(third, AUDIENCE, "bob"))).isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-2", without = "signed-token")
  void starts_while_an_issuer_is_down_and_serves_once_it_is_up(@TempDir Path own) throws Exception {
    ECKey key = OwnIssuer.key("key");
    try (OwnIssuer issuer = OwnIssuer.start(key)) {
      issuer.down(true);
      try (IdentityGate waiting =
          IdentityGate.start(
              own,
              "/one: [corp]",
              "corp: {url: '"
                  + issuer.uri()
                  + "', audience: 'https://api.example', algorithms: [ES256]}",
              "{corp: corp}")) {
        String token = issuer.token(key, AUDIENCE, "alice");
        assertThat(waiting.status("/one", token)).isEqualTo(503);
        assertThat(waiting.served()).isZero();
        issuer.down(false);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        int status = waiting.status("/one", token);
        while (status != 200 && System.nanoTime() < until) {
          status = waiting.status("/one", token);
        }
        assertThat(status).isEqualTo(200);
      }
    }
  }

  private static void together(IdentityGate rotating, OwnIssuer issuer, ECKey old, ECKey fresh)
      throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<FutureTask<Integer>> callers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String token = issuer.token(i % 3 == 0 ? old : fresh, AUDIENCE, "user-" + i);
      FutureTask<Integer> caller =
          new FutureTask<>(
              () -> {
                go.await();
                return rotating.status("/one", token);
              });
      Thread.ofVirtual().start(caller);
      callers.add(caller);
    }
    go.countDown();
    for (FutureTask<Integer> caller : callers) {
      assertThat(caller.get(60, TimeUnit.SECONDS)).isEqualTo(200);
    }
  }
}
