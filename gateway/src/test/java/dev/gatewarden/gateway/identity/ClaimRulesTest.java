package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimRulesTest {
  private static final long NOW = 1_767_225_600L;
  private final ClaimRules rules = new ClaimRules(settings(true, Set.of("at+jwt", "jwt")));

  @ParameterizedTest
  @CsvSource({
    // exp: good until skew seconds later, not a millisecond longer
    "exp, -29, GOOD",
    "exp, -30, EXPIRED",
    "exp, -31, EXPIRED",
    "exp, 0, GOOD",
    // longest life an hour, counted from iat = now
    "exp, 3600, GOOD",
    "exp, 3601, LIFETIME",
    "nbf, 30, GOOD",
    "nbf, 31, NOT_YET_VALID",
    "nbf, -1000, GOOD",
    "iat, 30, GOOD",
    "iat, 31, NOT_YET_VALID",
    "iat, -3300, GOOD",
    "iat, -3301, LIFETIME",
  })
  void bounds_times_to_the_second(String claim, long offset, String outcome) {
    Map<String, Object> claims = good();
    claims.put(claim, NOW + offset);
    assertThat(outcome(claims)).isEqualTo(outcome);
  }

  @Test
  void bounds_times_to_the_millisecond() {
    Map<String, Object> claims = good();
    claims.put("exp", new BigDecimal(NOW - 30 + ".001"));
    assertThat(outcome(claims)).isEqualTo("GOOD");
    claims.put("exp", new BigDecimal(NOW - 30 + ".0009"));
    assertThat(outcome(claims)).isEqualTo("EXPIRED");
  }

  @ParameterizedTest
  @CsvSource({"exp", "iat", "iss", "aud", "sub"})
  void misses_a_claim_that_must_be_there(String claim) {
    Map<String, Object> claims = good();
    claims.remove(claim);
    assertThat(outcome(claims)).isEqualTo("MISSING_CLAIM");
  }

  @Test
  void refuses_claims_of_another_type() {
    for (String time : List.of("exp", "iat", "nbf")) {
      for (Object odd :
          List.of("1767225600", -1L, 253_402_300_800L, true, new BigDecimal("1e30"))) {
        assertThat(outcome(with(time, odd))).isEqualTo("MALFORMED");
      }
    }
    assertThat(outcome(with("iss", List.of("https://id.example")))).isEqualTo("MALFORMED");
    assertThat(outcome(with("sub", 7L))).isEqualTo("MALFORMED");
    assertThat(outcome(with("sub", ""))).isEqualTo("MALFORMED");
    assertThat(outcome(with("sub", "a\nb"))).isEqualTo("MALFORMED");
    assertThat(outcome(with("jti", 7L))).isEqualTo("MALFORMED");
    assertThat(outcome(with("aud", List.of("https://api.example", 7L)))).isEqualTo("MALFORMED");
    assertThat(outcome(with("aud", Map.of("a", "b")))).isEqualTo("MALFORMED");
    assertThat(outcome(with("act", "gateway"))).isEqualTo("MALFORMED");
    assertThat(outcome(with("act", Map.of("name", "x")))).isEqualTo("MALFORMED");
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example, GOOD",
    "https://id.example/, ISSUER",
    "https://ID.example, ISSUER",
    "https://id.example.evil, ISSUER",
  })
  void compares_the_issuer_to_the_letter(String issuer, String outcome) {
    assertThat(outcome(with("iss", issuer))).isEqualTo(outcome);
  }

  @Test
  void wants_this_api_among_the_audiences() {
    assertThat(outcome(with("aud", "https://api.example"))).isEqualTo("GOOD");
    assertThat(outcome(with("aud", "api2"))).isEqualTo("GOOD");
    assertThat(outcome(with("aud", List.of("other", "api2")))).isEqualTo("GOOD");
    assertThat(outcome(with("aud", List.of()))).isEqualTo("AUDIENCE");
    assertThat(outcome(with("aud", "https://api.example/"))).isEqualTo("AUDIENCE");
    assertThat(outcome(with("aud", "https://api.example other"))).isEqualTo("AUDIENCE");
  }

  @ParameterizedTest
  @CsvSource({
    "at+jwt, GOOD",
    "jwt, GOOD",
    "'', GOOD",
    "id_token, TYPE",
    "dpop+jwt, TYPE",
    "logout+jwt, TYPE",
    "secevent+jwt, TYPE",
    "jws, TYPE",
  })
  void knows_access_tokens_by_their_type(String type, String outcome) {
    assertThat(outcome(rules, type, good())).isEqualTo(outcome);
  }

  @Test
  void takes_only_the_type_that_is_configured() {
    ClaimRules strict = new ClaimRules(settings(true, Set.of("at+jwt")));
    assertThat(outcome(strict, "at+jwt", good())).isEqualTo("GOOD");
    assertThat(outcome(strict, "jwt", good())).isEqualTo("TYPE");
    assertThat(outcome(strict, "", good())).isEqualTo("TYPE");
  }

  @Test
  void takes_no_id_token_for_an_access_token() {
    for (String claim : List.of("nonce", "at_hash", "c_hash", "s_hash", "events")) {
      assertThat(outcome(rules, "jwt", with(claim, "x"))).isEqualTo("TYPE");
    }
    for (String kind : List.of("ID", "Refresh", "Logout")) {
      assertThat(outcome(rules, "", with("typ", kind))).isEqualTo("TYPE");
    }
    assertThat(outcome(rules, "", with("typ", "Bearer"))).isEqualTo("GOOD");
    assertThat(outcome(rules, "jwt", with("token_use", "id"))).isEqualTo("TYPE");
    assertThat(outcome(rules, "jwt", with("token_use", "access"))).isEqualTo("GOOD");
  }

  @Test
  void takes_what_its_client_alone_is_meant_to_read_for_an_id_token() {
    Map<String, Object> claims = good();
    claims.keySet().removeAll(List.of("client_id", "scope", "scp", "roles"));
    claims.put("aud", List.of("https://api.example"));
    claims.put("azp", "https://api.example");
    assertThat(outcome(rules, "jwt", claims)).isEqualTo("TYPE");
    assertThat(outcome(rules, "at+jwt", claims)).isEqualTo("GOOD");
    claims.put("azp", "app");
    assertThat(outcome(rules, "jwt", claims)).isEqualTo("GOOD");
    claims.put("azp", "https://api.example");
    claims.put("scp", "orders:read");
    assertThat(outcome(rules, "jwt", claims)).isEqualTo("GOOD");
  }

  @Test
  void takes_only_bindings_whose_proof_can_be_demanded() {
    for (Object good : List.of(Map.of("jkt", "x"), Map.of("x5t#S256", "x"))) {
      assertThat(outcome(rules, "at+jwt", with("cnf", good))).isEqualTo("GOOD");
    }
    for (Object bad :
        List.of(
            Map.of(),
            "x",
            Map.of("kid", "x"),
            Map.of("jkt", 7L),
            Map.of("jkt", "x", "jwk", Map.of("kty", "EC")))) {
      assertThat(outcome(rules, "at+jwt", with("cnf", bad))).isEqualTo("TYPE");
    }
  }

  @Test
  void may_waive_the_time_of_issue_but_not_the_life() {
    ClaimRules lenient = new ClaimRules(settings(false, Set.of("jwt")));
    Map<String, Object> claims = good();
    claims.remove("iat");
    assertThat(outcome(lenient, "jwt", claims)).isEqualTo("GOOD");
    claims.put("exp", NOW + 3630);
    assertThat(outcome(lenient, "jwt", claims)).isEqualTo("GOOD");
    claims.put("exp", NOW + 3631);
    assertThat(outcome(lenient, "jwt", claims)).isEqualTo("LIFETIME");
  }

  @Test
  void bounds_the_chain_of_actors() {
    Map<String, Object> actor = Map.of("sub", "a");
    for (int i = 1; i < 8; i++) {
      actor = Map.of("sub", "a", "act", actor);
    }
    assertThat(outcome(with("act", actor))).isEqualTo("GOOD");
    assertThat(outcome(with("act", Map.of("sub", "a", "act", actor)))).isEqualTo("MALFORMED");
  }

  @Test
  void reads_scopes_roles_and_tenant_where_they_are_said_to_be() {
    Map<String, Object> claims = good();
    claims.put("org", Map.of("id", "t1"));
    claims.put("scp", List.of("a", 7L, "b"));
    claims.put("realm_access", Map.of("roles", List.of("admin")));
    IssuerSettings by = settings(true, Set.of("jwt"));
    ClaimRules rules =
        new ClaimRules(
            new IssuerSettings(
                by.name(),
                by.issuer(),
                by.audiences(),
                by.algorithms(),
                by.keys(),
                by.types(),
                new IssuerSettings.Naming(
                    ClaimPointer.parse("/org/id"),
                    Set.of(),
                    ClaimPointer.parse("/realm_access/roles"),
                    by.naming().scopes(),
                    by.naming().client()),
                by.bounds(),
                List.of(),
                Set.of(),
                Excuse.NONE));
    Proof proof = ((ClaimRules.Judged.Good) rules.judge("jwt", claims, NOW * 1000)).proof();
    assertThat(proof.tenant()).isEqualTo("t1");
    assertThat(proof.scopes()).containsExactlyInAnyOrder("a", "b");
    assertThat(proof.roles()).containsExactly("admin");
    claims.put("org", Map.of("id", List.of("t1")));
    claims.put("scope", Map.of());
    proof = ((ClaimRules.Judged.Good) rules.judge("jwt", claims, NOW * 1000)).proof();
    assertThat(proof.tenant()).isNull();
    assertThat(proof.scopes()).isEmpty();
  }

  @Test
  void a_role_crosses_tenants_only_for_users_of_the_tenants_that_are_named() {
    IssuerSettings.Crossing staff =
        IssuerSettings.Crossing.of(List.of("support", "audit"), List.of("provider"));
    assertThat(staff.by(Set.of("support", "admin"), "provider")).containsExactly("support");
    assertThat(staff.by(Set.of("admin"), "provider")).isEmpty();
    assertThat(staff.by(Set.of("support"), "north")).isEmpty();
    assertThat(staff.by(Set.of("support"), "Provider")).isEmpty();
    assertThat(staff.by(Set.of("support"), null)).isEmpty();
    IssuerSettings.Crossing ofNone = IssuerSettings.Crossing.of(List.of("support"), List.of());
    assertThat(ofNone.by(Set.of("support"), null)).containsExactly("support");
    assertThat(ofNone.by(Set.of("support"), "north")).isEmpty();
    assertThat(IssuerSettings.Crossing.NOBODY.by(Set.of("support"), null)).isEmpty();
  }

  private String outcome(Map<String, Object> claims) {
    return outcome(rules, "at+jwt", claims);
  }

  private static String outcome(ClaimRules rules, String type, Map<String, Object> claims) {
    return switch (rules.judge(type, claims, NOW * 1000)) {
      case ClaimRules.Judged.Good _ -> "GOOD";
      case ClaimRules.Judged.Bad(Fault fault) -> fault.name();
    };
  }

  @Test
  void a_token_without_audience_counts_by_its_client_where_clients_are_named() {
    IssuerSettings by = settings(true, Set.of("jwt"));
    ClaimRules rules =
        new ClaimRules(
            new IssuerSettings(
                by.name(),
                by.issuer(),
                List.of(),
                by.algorithms(),
                by.keys(),
                by.types(),
                by.naming(),
                by.bounds(),
                List.of(),
                Set.of("app"),
                Excuse.NONE));
    Map<String, Object> claims = with("client_id", "app");
    assertThat(rules.misdirected(claims, NOW * 1000)).isEqualTo(Fault.AUDIENCE);
    claims.remove("aud");
    assertThat(rules.misdirected(claims, NOW * 1000)).isNull();
    claims.put("client_id", "other");
    assertThat(rules.misdirected(claims, NOW * 1000)).isEqualTo(Fault.AUDIENCE);
    claims.remove("client_id");
    assertThat(rules.misdirected(claims, NOW * 1000)).isEqualTo(Fault.AUDIENCE);
  }

  private static Map<String, Object> with(String claim, Object value) {
    Map<String, Object> claims = good();
    claims.put(claim, value);
    return claims;
  }

  private static Map<String, Object> good() {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("iss", "https://id.example");
    claims.put("aud", "https://api.example");
    claims.put("sub", "alice");
    claims.put("iat", NOW);
    claims.put("exp", NOW + 300);
    return claims;
  }

  private static IssuerSettings settings(boolean issuedAt, Set<String> types) {
    return new IssuerSettings(
        "corp",
        "https://id.example",
        List.of("https://api.example", "api2"),
        Set.of(Algorithm.ES256),
        new KeySource.File(Path.of("jwks.json")),
        types,
        IssuerSettings.Naming.USUAL,
        IssuerSettings.Bounds.of(Duration.ofSeconds(30), Duration.ofHours(1), issuedAt),
        List.of(),
        Set.of(),
        Excuse.NONE);
  }
}
