package dev.gatewarden.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewarden.demo.issuer.Issuer;
import dev.gatewarden.demo.issuer.IssuerKeys;
import dev.gatewarden.testkit.Requirement;
import dev.gatewarden.testkit.certificates.Authority;
import dev.gatewarden.testkit.certificates.Issued;
import dev.gatewarden.testkit.certificates.Wish;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A token that is bound to a key or a certificate is worth nothing to who has the token alone.
class BoundTokenTest {
  private static final String URI = "http://api.example/things";
  private static final String HOST = "api.example";

  @TempDir private static Path folder;
  private static Echo service;
  private static Issuer issuer;
  private static IssuerKeys keys;
  private static ECKey key;
  private static SecuredGate gate;

  @BeforeAll
  static void open() throws Exception {
    service = Echo.start();
    keys = IssuerKeys.fresh();
    issuer = Issuer.start(0, keys, Clock.systemUTC());
    key = new ECKeyGenerator(Curve.P_256).generate();
    gate = start("dpop", "", "{port: 0}", "");
  }

  @AfterAll
  static void close() {
    gate.close();
    issuer.close();
    service.close();
  }

  private static SecuredGate start(String name, String issuing, String front, String guards)
      throws Exception {
    return SecuredGate.start(
        Files.createDirectory(folder.resolve(name)),
        "{tokens: {type: http, scheme: bearer}}",
        "[{tokens: []}]",
        """
        listen:
          public: %s
          admin: {port: 0}
          trust: [127.0.0.0/8]
        issuers:
          corp: {url: '%s', audience: 'https://api.example', algorithms: [RS256]%s}
        apis:
          own:
            contract: own.yaml
            at: {path: /}
            upstream: {to: ['%s'], identity: none}
            security: {tokens: corp}
            tenancy: single
            guards: {signed-token: {failures: 1000000/1s}%s}
        """
            .formatted(front, issuer.uri(), issuing, service.uri(), guards));
  }

  /// @param cnf what it is bound to; null for nothing
  private static String token(Map<String, Object> cnf) throws JOSEException {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.uri().toString())
            .subject("alice")
            .audience("https://api.example")
            .claim("client_id", "app")
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    if (cnf != null) {
      claims.claim("cnf", cnf);
    }
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(keys.rsa().getKeyID())
                .build(),
            claims.build());
    token.sign(new RSASSASigner(keys.rsa()));
    return token.serialize();
  }

  private static String bound() throws JOSEException {
    return token(Map.of("jkt", key.computeThumbprint().toString()));
  }

  /// A proof, honest unless a test makes it worse.
  private record Proof(
      ECKey by, String method, String uri, Instant at, String token, String id, String nonce) {
    static Proof of(String token) {
      return new Proof(key, "GET", URI, Instant.now(), token, UUID.randomUUID().toString(), "");
    }

    Proof method(String other) {
      return new Proof(by, other, uri, at, token, id, nonce);
    }

    Proof uri(String other) {
      return new Proof(by, method, other, at, token, id, nonce);
    }

    Proof at(Instant other) {
      return new Proof(by, method, uri, other, token, id, nonce);
    }

    Proof of(ECKey other) {
      return new Proof(other, method, uri, at, token, id, nonce);
    }

    Proof nonce(String other) {
      return new Proof(by, method, uri, at, token, id, other);
    }

    String text() throws Exception {
      JWTClaimsSet.Builder claims =
          new JWTClaimsSet.Builder()
              .claim("htm", method)
              .claim("htu", uri)
              .issueTime(Date.from(at))
              .jwtID(id)
              .claim("ath", digest(token));
      if (!nonce.isEmpty()) {
        claims.claim("nonce", nonce);
      }
      SignedJWT proof =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES256)
                  .type(new JOSEObjectType("dpop+jwt"))
                  .jwk(by.toPublicJWK())
                  .build(),
              claims.build());
      proof.sign(new ECDSASigner(by));
      return proof.serialize();
    }
  }

  private static String digest(String token) throws Exception {
    return Base64URL.encode(
            MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)))
        .toString();
  }

  /// A proof with a header and claims that no library would write, signed by the key all the same.
  private static String written(String header, String claims) throws Exception {
    String input = Base64URL.encode(header) + "." + Base64URL.encode(claims);
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(key.toECPrivateKey());
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64URL.encode(signature.sign());
  }

  private static SecuredGate.Told get(String token, String... proofs) throws Exception {
    String[] fields = new String[proofs.length + 1];
    fields[0] = "Authorization: DPoP " + token;
    for (int i = 0; i < proofs.length; i++) {
      fields[i + 1] = "DPoP: " + proofs[i];
    }
    try (SecuredGate.Line line = gate.plain()) {
      return line.get(HOST, fields);
    }
  }

  private static void refused(SecuredGate.Told told, String error) {
    assertThat(told.status()).isEqualTo(401);
    assertThat(told.header("www-authenticate")).contains("DPoP").contains(error);
  }

  @Test
  @Requirement(id = "JWT-6", without = "bound-token")
  void takes_a_proof_once_and_for_this_request_alone() throws Exception {
    String token = bound();
    Proof proof = Proof.of(token);
    String text = proof.text();

    assertThat(get(token, text).status()).isEqualTo(200);
    refused(get(token, text), "invalid_dpop_proof");
    refused(get(token, proof.method("POST").text()), "invalid_dpop_proof");
    refused(get(token, proof.uri("http://api.example/other").text()), "invalid_dpop_proof");
    refused(get(token, proof.uri("https://api.example/things").text()), "invalid_dpop_proof");
    refused(get(token, proof.at(Instant.now().plusSeconds(60)).text()), "invalid_dpop_proof");
    refused(get(token, proof.at(Instant.now().minusSeconds(120)).text()), "invalid_dpop_proof");
    assertThat(get(token, Proof.of(token).text()).status()).isEqualTo(200);
  }

  @Test
  @Requirement(id = "JWT-6", without = "bound-token")
  void a_proof_that_was_used_is_used_after_a_restart_too() throws Exception {
    String token = bound();
    String text = Proof.of(token).text();
    try (SecuredGate mortal = start("mortal", "", "{port: 0}", "")) {
      String[] fields = {"Authorization: DPoP " + token, "DPoP: " + text};
      try (SecuredGate.Line line = mortal.plain()) {
        assertThat(line.get(HOST, fields).status()).isEqualTo(200);
      }
      mortal.restart();

      try (SecuredGate.Line line = mortal.plain()) {
        refused(line.get(HOST, fields), "invalid_dpop_proof");
        assertThat(line.get(HOST, fields[0], "DPoP: " + Proof.of(token).text()).status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void a_stolen_token_is_worth_nothing() throws Exception {
    String token = bound();
    ECKey thief = new ECKeyGenerator(Curve.P_256).generate();

    refused(get(token), "invalid_dpop_proof");
    refused(get(token, Proof.of(token).of(thief).text()), "invalid_token");
    try (SecuredGate.Line line = gate.plain()) {
      refused(line.get(HOST, "Authorization: Bearer " + token), "invalid_token");
    }
  }

  @Test
  void a_stolen_proof_is_worth_nothing_with_another_token() throws Exception {
    String token = bound();

    refused(get(bound(), Proof.of(token).text()), "invalid_dpop_proof");
  }

  @Test
  void a_free_token_does_not_pass_for_a_bound_one() throws Exception {
    String token = token(null);

    refused(get(token, Proof.of(token).text()), "invalid_token");
    try (SecuredGate.Line line = gate.plain()) {
      assertThat(line.get(HOST, "Authorization: Bearer " + token).status()).isEqualTo(200);
    }
  }

  @Test
  void two_proofs_are_none() throws Exception {
    String token = bound();

    assertThat(get(token, Proof.of(token).text(), Proof.of(token).text()).status()).isIn(400, 401);
  }

  @Test
  void a_key_in_the_header_is_public_and_asymmetric_or_nothing() throws Exception {
    String token = bound();
    String claims =
        "{\"htm\":\"GET\",\"htu\":\"%s\",\"iat\":%d,\"jti\":\"%s\",\"ath\":\"%s\"}"
            .formatted(URI, Instant.now().getEpochSecond(), UUID.randomUUID(), digest(token));
    String open = key.toPublicJWK().toJSONString();

    assertThat(get(token, written(header("ES256", open), claims)).status()).isEqualTo(200);
    for (String header :
        new String[] {
          header("ES256", key.toJSONString()),
          header("HS256", "{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}"),
          header("none", open),
          header("ES256", "{}"),
          "{\"typ\":\"JWT\",\"alg\":\"ES256\",\"jwk\":" + open + "}",
          "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\"}",
          "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"crit\":[\"x\"],\"x\":1,\"jwk\":" + open + "}"
        }) {
      refused(get(token, written(header, claims)), "invalid_dpop_proof");
    }
    String good = written(header("ES256", open), claims);
    refused(get(token, good.substring(0, good.length() - 4) + "AAAA"), "invalid_dpop_proof");
    refused(get(token, "x".repeat(8193)), "invalid_dpop_proof");
    refused(get(token, "a.b.c"), "invalid_dpop_proof");
  }

  private static String header(String algorithm, String jwk) {
    return "{\"typ\":\"dpop+jwt\",\"alg\":\"" + algorithm + "\",\"jwk\":" + jwk + "}";
  }

  @Test
  void the_proof_ends_at_the_gate() throws Exception {
    String token = bound();
    get(token, Proof.of(token).text());

    assertThat(service.last().header("dpop")).isNull();
    assertThat(service.last().header("authorization")).isNull();
  }

  @Test
  void behind_a_trusted_forwarder_the_callers_own_scheme_counts() throws Exception {
    String token = bound();
    String proof = Proof.of(token).uri("https://api.example:443/things?page=2").text();
    try (SecuredGate.Line line = gate.plain()) {
      SecuredGate.Told told =
          line.get(
              HOST,
              "Authorization: DPoP " + token,
              "DPoP: " + proof,
              "X-Forwarded-Proto: https",
              "X-Forwarded-For: 198.51.100.7");
      assertThat(told.status()).isEqualTo(200);
    }
  }

  @Test
  void the_gates_nonce_is_asked_for_given_and_taken() throws Exception {
    try (SecuredGate asking = start("nonce", "", "{port: 0}", ", bound-token: {nonce: true}")) {
      String token = bound();
      SecuredGate.Told told;
      try (SecuredGate.Line line = asking.plain()) {
        told = line.get(HOST, "Authorization: DPoP " + token, "DPoP: " + Proof.of(token).text());
        refused(told, "use_dpop_nonce");
      }
      String nonce = told.header("dpop-nonce");
      assertThat(nonce).isNotEmpty();
      try (SecuredGate.Line line = asking.plain()) {
        assertThat(
                line.get(
                        HOST,
                        "Authorization: DPoP " + token,
                        "DPoP: " + Proof.of(token).nonce(nonce).text())
                    .status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void an_issuer_may_have_to_bind_its_tokens() throws Exception {
    try (SecuredGate demanding = start("demand", ", bound: dpop", "{port: 0}", "");
        SecuredGate.Line line = demanding.plain()) {
      refused(line.get(HOST, "Authorization: Bearer " + token(null)), "invalid_token");
      String token = bound();
      assertThat(
              line.get(HOST, "Authorization: DPoP " + token, "DPoP: " + Proof.of(token).text())
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  @Requirement(id = "JWT-6", without = "bound-token")
  void a_token_bound_to_a_certificate_comes_over_its_connection_alone() throws Exception {
    Path own = folder.resolve("mtls");
    Authority root = Authority.root("root");
    Issued site = root.issue(Wish.server("CN=site", "dns:" + HOST, "dns:other.example"));
    site.in(folder, "site");
    Issued mine = Authority.root("me").issue(Wish.client("CN=me"));
    Issued other = Authority.root("other").issue(Wish.client("CN=other"));
    String token = "Authorization: Bearer " + token(Map.of("x5t#S256", mine.thumbprint()));
    try (SecuredGate certified =
        start(
            own.getFileName().toString(),
            ", bound: mtls",
            "{port: 0, bind: 127.0.0.1, tls: {certificate: '%1$s/site.pem', key: 'file:%1$s/site.key'}}"
                .formatted(folder),
            "")) {
      try (SecuredGate.Line line = certified.to(HOST, mine.presentedBy(root.certificate()))) {
        assertThat(line.get(HOST, token).status()).isEqualTo(200);
        assertThat(line.get("other.example", token).status()).isEqualTo(421);
      }
      try (SecuredGate.Line line = certified.to(HOST, other.presentedBy(root.certificate()))) {
        assertThat(line.get(HOST, token).status()).isEqualTo(401);
      }
      try (SecuredGate.Line line = certified.to(HOST, Issued.plain(root.certificate()))) {
        SecuredGate.Told told = line.get(HOST, token);
        assertThat(told.status()).isEqualTo(401);
        assertThat(told.header("www-authenticate")).contains("invalid_token");
        assertThat(line.get(HOST, token, "Client-Cert: " + mine.header()).status()).isEqualTo(401);
      }
    }
  }
}
