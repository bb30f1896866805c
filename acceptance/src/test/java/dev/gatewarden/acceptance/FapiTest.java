package dev.gatewarden.acceptance;

import static dev.gatewarden.acceptance.IdentityGate.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import dev.gatewarden.testkit.Requirement;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One setting, and an issuer is held to the FAPI 2.0 Security Profile.
class FapiTest {
  private static final String FORBIDDEN =
      """
      gatewarden: 1
      listen:
        public: {port: 8080, bind: 0.0.0.0, tls: none, because: a balancer encrypts}
      issuers:
        bank:
          url: https://id.example
          audience: https://api.example
          algorithms: [RS256, ES256, PS512]
          types: [jwt]
          lifetime: 12h
          clock-skew: 2m
          require-iat: false
          profile: fapi-2.0
      apis:
        own:
          contract: own.yaml
          at: {path: /}
          upstream: {to: ['http://127.0.0.1:9']}
          security: {bank: bank}
          tenancy: single
      """;

  @TempDir private Path folder;

  @Test
  @Requirement(id = "JWT-8")
  void refuses_each_setting_that_the_profile_forbids() throws Exception {
    contract();
    Files.writeString(folder.resolve("gatewarden.yaml"), FORBIDDEN);
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.code()).isEqualTo(1);
    assertThat(check.out())
        .contains("`RS256` is no algorithm of FAPI 2.0")
        .contains("`PS512` is no algorithm of FAPI 2.0")
        .doesNotContain("`ES256` is no")
        .contains("FAPI 2.0 wants tokens that are bound to their sender")
        .contains("FAPI 2.0 takes access tokens alone")
        .contains("`lifetime` is more than 1h")
        .contains("none that differ by more than 60s")
        .contains("without `iat` nobody knows how long a token lives")
        .contains("`tls: none`, but an issuer's profile `fapi-2.0` demands TLS");
  }

  @Test
  @Requirement(id = "JWT-8")
  void loads_with_the_one_setting_and_what_it_cannot_know() throws Exception {
    contract();
    Files.writeString(
        folder.resolve("gatewarden.yaml"),
        FORBIDDEN
            .replace(", bind: 0.0.0.0, tls: none, because: a balancer encrypts", "")
            .replace("[RS256, ES256, PS512]", "[PS256, ES256, EdDSA]")
            .replace("    types: [jwt]\n", "")
            .replace("    lifetime: 12h\n", "")
            .replace("    clock-skew: 2m\n", "")
            .replace("    require-iat: false\n", "    bound: any\n"));
    Program check = Program.gatewarden(folder, "check-config");

    assertThat(check.out() + check.err()).contains("is sound");
    assertThat(check.code()).isZero();
  }

  @Test
  @Requirement(id = "JWT-8", without = "bound-token")
  void takes_no_token_that_a_thief_could_use() throws Exception {
    ECKey key = OwnIssuer.key("key");
    try (OwnIssuer issuer = OwnIssuer.start(key);
        IdentityGate gate = gate(issuer)) {
      assertThat(gate.status("/fapi", issuer.token(key, AUDIENCE, "alice"))).isEqualTo(401);
      assertThat(gate.status("/plain", issuer.token(key, "https://plain.example", "alice")))
          .isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-8", without = "signed-token")
  void takes_the_token_of_its_holder_alone_and_only_as_the_profile_has_it() throws Exception {
    ECKey key = OwnIssuer.key("key");
    ECKey holder = OwnIssuer.key("holder");
    try (OwnIssuer issuer = OwnIssuer.start(key);
        IdentityGate gate = gate(issuer)) {
      Map<String, Object> claims = bound(issuer, holder);
      assertThat(status(gate, holder, token(key, "at+jwt", claims))).isEqualTo(200);
      assertThat(gate.told()).contains("\"sub\":\"alice\"");
      assertThat(status(gate, OwnIssuer.key("thief"), token(key, "at+jwt", claims))).isEqualTo(401);
      assertThat(status(gate, holder, token(key, "JWT", claims))).isEqualTo(401);
      Map<String, Object> lasting = bound(issuer, holder);
      lasting.put("exp", Instant.now().getEpochSecond() + 3 * 3600);
      assertThat(status(gate, holder, token(key, "at+jwt", lasting))).isEqualTo(401);
      Map<String, Object> ahead = bound(issuer, holder);
      ahead.put("iat", Instant.now().getEpochSecond() + 10);
      assertThat(status(gate, holder, token(key, "at+jwt", ahead))).isEqualTo(200);
      ahead.put("iat", Instant.now().getEpochSecond() + 70);
      assertThat(status(gate, holder, token(key, "at+jwt", ahead))).isEqualTo(401);
    }
  }

  private IdentityGate gate(OwnIssuer issuer) throws Exception {
    return IdentityGate.start(
        folder,
        "/fapi: [bank]\n/plain: [corp]\n",
        """
        bank:
          url: '%1$s'
          audience: https://api.example
          algorithms: [ES256, PS256, EdDSA]
          bound: any
          profile: fapi-2.0
        corp: {url: '%1$s', audience: https://plain.example, algorithms: [ES256]}
        """
            .formatted(issuer.uri()),
        "{bank: bank, corp: corp}");
  }

  private static Map<String, Object> bound(OwnIssuer issuer, ECKey holder) throws Exception {
    Map<String, Object> claims = issuer.claims(AUDIENCE, "alice");
    claims.put("cnf", Map.of("jkt", holder.computeThumbprint().toString()));
    return claims;
  }

  private static String token(ECKey key, String type, Map<String, Object> claims) throws Exception {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", "ES256");
    header.put("kid", key.getKeyID());
    header.put("typ", type);
    return Crafted.signed(key, JWSAlgorithm.ES256, Crafted.json(header), Crafted.json(claims));
  }

  /// Asks with a proof of possession (RFC 9449).
  private static int status(IdentityGate gate, ECKey holder, String token) throws Exception {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("typ", "dpop+jwt");
    header.put("alg", "ES256");
    ECKey shown = new ECKey.Builder(holder.getCurve(), holder.getX(), holder.getY()).build();
    header.put("jwk", shown.toJSONObject());
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("jti", UUID.randomUUID().toString());
    claims.put("htm", "GET");
    claims.put("htu", gate.uri() + "/fapi");
    claims.put("iat", Instant.now().getEpochSecond());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
    claims.put("ath", Crafted.part(digest));
    String proof =
        Crafted.signed(holder, JWSAlgorithm.ES256, Crafted.json(header), Crafted.json(claims));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(gate.uri().resolve("/fapi"))
                  .header("Authorization", "DPoP " + token)
                  .header("DPoP", proof)
                  .build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private void contract() throws Exception {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        openapi: 3.1.0
        info: {title: Own, version: 1.0.0}
        servers: [{url: /}]
        components: {securitySchemes: {bank: {type: http, scheme: bearer}}}
        paths:
          /fapi:
            get:
              operationId: fapi
              security: [{bank: [read]}]
              x-gatewarden-object: {none: test}
              responses: {'200': {description: it, content: {application/json: {schema: {}}}}}
        """);
  }
}
