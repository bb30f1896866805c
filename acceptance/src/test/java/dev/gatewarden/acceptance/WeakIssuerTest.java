package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import dev.gatewarden.core.document.ProblemsException;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Tokens that prove less than they should are let in by an exception alone, and until its end.
class WeakIssuerTest {
  private static final String ISSUER = "https://legacy.example";
  private static final String AUDIENCE = "https://api.example";
  private static final String SHARED =
      "url: "
          + ISSUER
          + "\naudience: "
          + AUDIENCE
          + "\nalgorithms: [HS256]\n"
          + "secret: file:shared.secret\n";
  /// The last day of an exception that holds for as long as these tests run, midnight or not.
  private static final LocalDate LATER = LocalDate.now(ZoneOffset.UTC).plusDays(30);
  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

  private static Echo service;

  @BeforeAll
  static void open() throws Exception {
    service = Echo.answering(_ -> dev.gatewarden.demo.http.Answer.json(200, "{}"));
  }

  @AfterAll
  static void close() {
    service.close();
  }

  @Test
  @Requirement(id = "JWT-15", without = "signed-token")
  void a_shared_secret_counts_under_an_exception_and_is_counted() throws Exception {
    try (TokenGate gate = gate(SHARED, except("shared-secret", LATER))) {
      assertThat(gate.get(token(claims(AUDIENCE))).statusCode()).isEqualTo(200);
      assertThat(gate.get(token(claims("https://mail.example"))).statusCode()).isEqualTo(401);
      assertThat(gate.get(token(claims(""))).statusCode()).isEqualTo(401);
      assertThat(gate.admin("/metrics", null).body())
          .contains("gatewarden_weak_issuers 1\n", "gatewarden_weak_tokens_accepted_total 1\n");
    }
  }

  @Test
  @Requirement(id = "JWT-15", without = "signed-token")
  void it_proves_nothing_when_the_exception_has_ended() throws Exception {
    try (TokenGate gate = gate(SHARED, except("shared-secret", LATER.minusDays(32)))) {
      assertThat(gate.get(token(claims(AUDIENCE))).statusCode()).isEqualTo(401);
      assertThat(gate.admin("/metrics", null).body()).contains("gatewarden_weak_issuers 0\n");
      assertThat(gate.stopped()).contains("signed-token.EXCEPTION_OVER");
    }
  }

  @Test
  @Requirement(id = "JWT-15", without = "signed-token")
  void it_ends_while_the_gate_runs_for_tokens_that_were_proved_too() throws Exception {
    Instant midnight = LATER.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    FakeClock clock = new FakeClock(midnight.minusSeconds(5));
    Map<String, Object> claims = claims(AUDIENCE);
    claims.put("iat", midnight.minusSeconds(60).getEpochSecond());
    claims.put("exp", midnight.plusSeconds(600).getEpochSecond());
    String token = token(claims);
    try (TokenGate gate =
        TokenGate.start(
            service.uri(),
            "identity: none",
            SHARED,
            except("shared-secret", LATER),
            "{port: 0}",
            clock)) {
      assertThat(gate.get(token).statusCode()).isEqualTo(200);
      assertThat(gate.get(token).statusCode()).isEqualTo(200);
      clock.advance(Duration.of(5, ChronoUnit.SECONDS));
      assertThat(gate.get(token).statusCode()).isEqualTo(401);
      assertThat(gate.stopped()).contains("signed-token.EXCEPTION_OVER");
    }
  }

  @Test
  @Requirement(id = "JWT-15", without = "signed-token")
  void a_token_without_audience_counts_under_an_exception_and_one_for_others_never()
      throws Exception {
    ECKey key = OwnIssuer.key("key-1");
    try (OwnIssuer issuer = OwnIssuer.start(key)) {
      String settings = "url: '" + issuer.uri() + "'\nalgorithms: [ES256]\n";
      String bare = settings + "audience: " + AUDIENCE + "\n";
      for (String said : new String[] {settings, bare}) {
        try (TokenGate gate = gate(said, except("no-audience", LATER))) {
          Map<String, Object> claims = issuer.claims("https://mail.example", "alice");
          claims.put("scope", "orders:read");
          assertThat(gate.get(issuer.token(key, claims)).statusCode()).isEqualTo(401);
          claims.remove("aud");
          assertThat(gate.get(issuer.token(key, claims)).statusCode()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  @Requirement(id = "JWT-15", without = "signed-token")
  void a_public_key_is_never_taken_for_a_shared_secret() throws Exception {
    ECKey key = OwnIssuer.key("key-1");
    try (OwnIssuer issuer = OwnIssuer.start(key);
        TokenGate gate =
            gate(
                "url: '" + issuer.uri() + "'\nalgorithms: [ES256]\n",
                except("no-audience", LATER))) {
      Map<String, Object> claims = issuer.claims(AUDIENCE, "alice");
      claims.remove("aud");
      claims.put("scope", "orders:read");
      byte[] encoded = key.toECPublicKey().getEncoded();
      byte[] published = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
      String header = "{\"alg\":\"HS256\",\"kid\":\"key-1\"}";
      for (byte[] secret : new byte[][] {encoded, published}) {
        String forged = Crafted.digested(secret, header, Crafted.json(claims));
        assertThat(gate.get(forged).statusCode()).isEqualTo(401);
      }
      assertThat(gate.get(issuer.token(key, claims)).statusCode()).isEqualTo(200);
      assertThat(gate.stopped()).contains("signed-token.ALGORITHM");
    }
  }

  @Test
  void neither_loads_without_its_exception() {
    assertThatThrownBy(() -> gate(SHARED, "").close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("both sides hold the secret");
    assertThatThrownBy(() -> gate(SHARED, except("no-audience", LATER)).close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("both sides hold the secret");
    String bare = "url: " + ISSUER + "\nalgorithms: [ES256]\n";
    assertThatThrownBy(() -> gate(bare, "").close())
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("would let any of its tokens in");
  }

  @Test
  void public_keys_and_a_short_secret_do_not_load_under_the_exception_either() {
    String exception = except("shared-secret", LATER);
    assertThatThrownBy(() -> gate(SHARED.replace("[HS256]", "[HS256, RS256]"), exception).close())
        .hasMessageContaining("`RS256` does not go with a shared secret");
    assertThatThrownBy(() -> gate(SHARED.replace("[HS256]", "[HS512]"), exception).close())
        .hasMessageContaining("`HS512` needs a longer secret");
  }

  private static TokenGate gate(String issuer, String more) throws Exception {
    return TokenGate.start(service.uri(), "identity: none", issuer, more);
  }

  private static String except(String allows, LocalDate until) {
    return "exceptions:\n- {issuer: corp, allows: "
        + allows
        + ", because: it is being replaced, owner: team-login, until: "
        + until
        + "}\n";
  }

  /// Claims of a good token; without `aud` where the audience is empty.
  private static Map<String, Object> claims(String audience) {
    long now = Instant.now().getEpochSecond();
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", ISSUER);
    if (!audience.isEmpty()) {
      claims.put("aud", audience);
    }
    claims.put("sub", "alice");
    claims.put("scope", "orders:read");
    claims.put("iat", now);
    claims.put("exp", now + 600);
    return claims;
  }

  private static String token(Map<String, Object> claims) throws Exception {
    return Crafted.digested(
        TokenGate.SHARED.getBytes(StandardCharsets.UTF_8), HEADER, Crafted.json(claims));
  }
}
