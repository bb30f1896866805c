package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.Ratchet;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that another library makes: every good one is accepted, none that was changed is.
class TokenExamTest {
  private static final List<JWSAlgorithm> ALGORITHMS =
      List.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512,
          JWSAlgorithm.EdDSA);
  private static final List<EncryptionMethod> METHODS =
      List.of(
          EncryptionMethod.A128GCM,
          EncryptionMethod.A256GCM,
          EncryptionMethod.A128CBC_HS256,
          EncryptionMethod.A256CBC_HS512);

  @TempDir static Path natives;
  private static final Map<JWSAlgorithm, JWK> KEYS = new LinkedHashMap<>();
  private static final HttpClient HTTP = Workshop.client();
  private static final ExecutorService POOL = Workshop.pool(2);
  private static TestIssuer issuer;
  private static TestKey edwards;
  private static RSAKey sealing;
  private static ECKey agreeing;
  private static IssuerTokenVerifier verifier;

  private final Random random = new Random(20_260_115);

  @BeforeAll
  static void publish() throws Exception {
    RSAKey rsa = new RSAKeyGenerator(2048).keyID("rsa").keyUse(KeyUse.SIGNATURE).generate();
    for (JWSAlgorithm algorithm : ALGORITHMS) {
      if (JWSAlgorithm.Family.RSA.contains(algorithm)) {
        KEYS.put(algorithm, rsa);
      }
    }
    KEYS.put(JWSAlgorithm.ES256, ec(Curve.P_256));
    KEYS.put(JWSAlgorithm.ES384, ec(Curve.P_384));
    KEYS.put(JWSAlgorithm.ES512, ec(Curve.P_521));
    edwards = TestKey.of("ed", Algorithm.EDDSA);
    sealing = new RSAKeyGenerator(2048).keyID("seal").keyUse(KeyUse.ENCRYPTION).generate();
    agreeing = new ECKeyGenerator(Curve.P_256).keyID("agree").keyUse(KeyUse.ENCRYPTION).generate();
    issuer = new TestIssuer();
    String published = new JWKSet(new ArrayList<>(Set.copyOf(KEYS.values()))).toString(true);
    String own = TestIssuer.jwks(edwards);
    issuer.page(
        "/jwks",
        200,
        published.substring(0, published.lastIndexOf(']'))
            + ","
            + own.substring(own.indexOf('[') + 1));
    FastProvider fast = FastProvider.loading(natives);
    fast.await();
    FakeClock clock = new FakeClock();
    verifier =
        new Workshop(
                clock,
                new Random(1),
                new MemoryBlocks(clock),
                null,
                HTTP,
                new Signatures(fast),
                POOL)
            .verifier(settings());
  }

  private static IssuerSettings settings() {
    List<DecryptionKey> keys = new ArrayList<>();
    for (JWK jwk : List.of(sealing, agreeing)) {
      keys.addAll(DecryptionKey.in(Secret.of(jwk.toJSONString())));
    }
    IssuerSettings plain =
        IssuerSettings.of(
            "corp",
            issuer.url(),
            List.of("https://api.example"),
            EnumSet.complementOf(EnumSet.of(Algorithm.HS256, Algorithm.HS384, Algorithm.HS512)),
            new KeySource.Address(issuer.jwksUri()));
    return new IssuerSettings(
        plain.name(),
        plain.issuer(),
        plain.audiences(),
        plain.algorithms(),
        plain.keys(),
        plain.types(),
        plain.naming(),
        plain.bounds(),
        keys,
        plain.clients(),
        plain.excuse());
  }

  @AfterAll
  static void close() {
    issuer.close();
    POOL.shutdownNow();
    HTTP.shutdownNow();
  }

  @Test
  void accepts_every_good_token_of_another_library() throws Exception {
    int accepted = 0;
    for (JWSAlgorithm algorithm : ALGORITHMS) {
      for (int i = 0; i < 25; i++) {
        assertThat(verify(token(algorithm, i), i))
            .as("%s, %d", algorithm, i)
            .isInstanceOf(Verification.Verified.class);
        accepted++;
      }
    }
    Ratchet.count("exam.tokens-accepted", accepted);
  }

  @Test
  void accepts_no_token_that_was_changed() throws Exception {
    int refused = 0;
    for (JWSAlgorithm algorithm : ALGORITHMS) {
      List<String> good = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        good.add(token(algorithm, i));
      }
      int tries = algorithm.getName().startsWith("RS") ? 2_000 : 300;
      for (int i = 0; i < tries; i++) {
        String bad = Mutation.of(good.get(i % 25), random);
        assertThat(verify(bad, i))
            .as("%s: %s", algorithm, bad)
            .isInstanceOf(Verification.Refused.class);
        refused++;
      }
    }
    Ratchet.count("exam.mutations-refused", refused);
  }

  @Test
  void opens_every_good_encrypted_token_and_none_that_was_changed() throws Exception {
    int accepted = 0;
    int refused = 0;
    for (EncryptionMethod method : METHODS) {
      for (JWEAlgorithm algorithm :
          List.of(
              JWEAlgorithm.RSA_OAEP_256,
              JWEAlgorithm.ECDH_ES,
              JWEAlgorithm.ECDH_ES_A128KW,
              JWEAlgorithm.ECDH_ES_A256KW)) {
        String good = sealed(header(algorithm, method).build(), token(JWSAlgorithm.RS256, 0));
        assertThat(verify(good, accepted))
            .as("%s, %s", algorithm, method)
            .isInstanceOf(Verification.Verified.class);
        accepted++;
        for (int i = 0; i < 50; i++) {
          String bad = Mutation.of(good, random);
          assertThat(verify(bad, refused)).as(bad).isInstanceOf(Verification.Refused.class);
          refused++;
        }
      }
    }
    Ratchet.count("exam.encrypted-accepted", accepted);
    Ratchet.count("exam.encrypted-mutations-refused", refused);
  }

  @Test
  void refuses_encrypted_tokens_that_hide_something_else() throws Exception {
    JWEAlgorithm algorithm = JWEAlgorithm.ECDH_ES;
    EncryptionMethod method = EncryptionMethod.A256GCM;
    String good = token(JWSAlgorithm.ES256, 0);
    String inner = sealed(header(algorithm, method).build(), good);

    // Twice encrypted, not signed at all, compressed, not said to hold a token, unsigned.
    assertFault(sealed(header(algorithm, method).build(), inner), Fault.MALFORMED);
    assertFault(
        sealed(header(algorithm, method).build(), JsonWriter.write(issuer.claims(0))),
        Fault.MALFORMED);
    assertFault(
        sealed(
            header(algorithm, method).compressionAlgorithm(CompressionAlgorithm.DEF).build(), good),
        Fault.MALFORMED);
    assertFault(
        sealed(new JWEHeader.Builder(algorithm, method).keyID("agree").build(), good),
        Fault.MALFORMED);
    String unsigned =
        TestKey.part("{\"alg\":\"none\"}")
            + "."
            + TestKey.part(JsonWriter.write(issuer.claims(0)))
            + ".";
    assertFault(sealed(header(algorithm, method).build(), unsigned), Fault.ALGORITHM);
    // A key that another holds, whatever it is called.
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("agree").generate();
    JWEObject foreign = new JWEObject(header(algorithm, method).build(), new Payload(good));
    foreign.encrypt(new ECDHEncrypter(other.toPublicJWK()));
    assertFault(foreign.serialize(), Fault.DECRYPTION);
    // Whose keys are not here.
    JWEObject unnamed =
        new JWEObject(
            new JWEHeader.Builder(algorithm, method).contentType("JWT").keyID("x").build(),
            new Payload(good));
    unnamed.encrypt(new ECDHEncrypter(agreeing.toPublicJWK()));
    assertFault(unnamed.serialize(), Fault.DECRYPTION);
  }

  @Test
  void refuses_what_makes_whoever_opens_it_work() throws Exception {
    for (String header :
        List.of(
            "{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":2147483647,\"p2s\":\"AA\"}",
            "{\"alg\":\"RSA1_5\",\"enc\":\"A128GCM\"}",
            "{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\"}",
            "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}",
            "{\"alg\":\"A128KW\",\"enc\":\"A128GCM\"}",
            "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128CBC\"}")) {
      assertFault(TestKey.part(header) + ".AA.AA.AA.AA", Fault.ALGORITHM);
    }
    for (String member :
        List.of(
            "\"zip\":\"DEF\"",
            "\"crit\":[\"exp\"]",
            "\"p2c\":1",
            "\"kid\":7",
            "\"apu\":\"+\"",
            "\"alg\":\"RSA-OAEP-256\"")) {
      String header =
          "{\"alg\":\"RSA-OAEP-256\",\"enc\":\"A128GCM\",\"cty\":\"JWT\"," + member + "}";
      assertFault(
          TestKey.part(header) + ".AA." + "A".repeat(16) + ".AA." + "A".repeat(22),
          Fault.MALFORMED);
    }
  }

  private void assertFault(String token, Fault fault) throws Exception {
    assertThat(verify(token, random.nextInt())).isEqualTo(new Verification.Refused(fault));
  }

  private static JWEHeader.Builder header(JWEAlgorithm algorithm, EncryptionMethod method) {
    return new JWEHeader.Builder(algorithm, method)
        .contentType("JWT")
        .keyID(JWEAlgorithm.Family.RSA.contains(algorithm) ? "seal" : "agree");
  }

  private static String sealed(JWEHeader header, String content) throws Exception {
    JWEObject sealed = new JWEObject(header, new Payload(content));
    JWEEncrypter encrypter =
        JWEAlgorithm.Family.RSA.contains(header.getAlgorithm())
            ? new RSAEncrypter(sealing.toRSAPublicKey())
            : new ECDHEncrypter(agreeing.toECPublicKey());
    sealed.encrypt(encrypter);
    return sealed.serialize();
  }

  /// A good token; number by number, what honest issuers do differently.
  private static String token(JWSAlgorithm algorithm, int number) throws Exception {
    Date now = Date.from(FakeClock.START);
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer.url())
            .subject(
                "user-" + number + (number % 5 == 0 ? " \u00fc\ud83d\ude00 \"quoted\" / " : ""))
            .issueTime(now)
            .expirationTime(new Date(now.getTime() + 60_000L * (1 + number)))
            .jwtID("id-" + number);
    if (number % 2 == 0) {
      claims.audience(List.of("https://other.example", "https://api.example"));
      claims.claim("azp", "https://other.example").claim("scp", List.of("a", "b"));
    } else {
      claims.audience("https://api.example").claim("client_id", "app").claim("scope", "a b");
    }
    if (number % 3 == 0) {
      claims.notBeforeTime(now).claim("nested", Map.of("list", List.of(1, 2.5, true, "x")));
    }
    JWSHeader.Builder header = new JWSHeader.Builder(algorithm);
    header.keyID(algorithm.equals(JWSAlgorithm.EdDSA) ? "ed" : KEYS.get(algorithm).getKeyID());
    switch (number % 4) {
      case 0 -> header.type(new JOSEObjectType("at+jwt"));
      case 1 -> header.type(JOSEObjectType.JWT);
      case 2 -> header.type(new JOSEObjectType("application/at+jwt"));
      default -> header.jwkURL(URI.create(issuer.url() + "/elsewhere")).customParam("x", "y");
    }
    if (algorithm.equals(JWSAlgorithm.EdDSA)) {
      String head = header.build().toString();
      return edwards.token(head, claims.build().toString());
    }
    SignedJWT token = new SignedJWT(header.build(), claims.build());
    token.sign(signer(algorithm));
    return token.serialize();
  }

  private static JWSSigner signer(JWSAlgorithm algorithm) throws Exception {
    return switch (KEYS.get(algorithm)) {
      case RSAKey rsa -> new RSASSASigner(rsa);
      case ECKey ec -> new ECDSASigner(ec);
      default -> throw new AssertionError(algorithm);
    };
  }

  private static ECKey ec(Curve curve) throws Exception {
    return new ECKeyGenerator(curve).keyID(curve.getName()).keyUse(KeyUse.SIGNATURE).generate();
  }

  private static Verification verify(String token, int from) throws Exception {
    Ip source = Ip.of(new byte[] {10, (byte) (from >> 16), (byte) (from >> 8), (byte) from});
    FutureTask<Verification> task = new FutureTask<>(() -> verifier.verify(token, source));
    Thread.ofVirtual().start(task);
    return task.get(30, java.util.concurrent.TimeUnit.SECONDS);
  }
}
