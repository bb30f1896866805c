package dev.gatewarden.gateway.identity.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.core.identity.TokenVerifier.Verification;
import dev.gatewarden.gateway.identity.Algorithm;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.identity.IssuerTokenVerifier;
import dev.gatewarden.gateway.identity.KeySource;
import dev.gatewarden.gateway.identity.Workshop;
import dev.gatewarden.gateway.identity.client.ClientCredential;
import dev.gatewarden.gateway.identity.client.Endpoint;
import dev.gatewarden.gateway.identity.client.TwinServer;
import dev.gatewarden.gateway.identity.client.Waiting;
import dev.gatewarden.testkit.FakeClock;
import dev.gatewarden.testkit.ports.MemoryBlocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedAnswersTest {
  private static final Ip HOME = Ip.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final long START = FakeClock.START.getEpochSecond();
  private static final String MEDIA_TYPE = "application/token-introspection+jwt";
  private static final String TYPE = "token-introspection+jwt";

  @TempDir private Path folder;
  private final FakeClock clock = new FakeClock();
  private final TwinServer server = new TwinServer();
  private Workshop workshop;
  private ECKey key;
  private IssuerTokenVerifier signed;
  private TokenVerifier tokens;

  @BeforeEach
  void open() throws Exception {
    workshop = Workshop.open(folder, clock, new MemoryBlocks(clock), null, 1);
    key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    Path keys =
        Files.writeString(folder.resolve("keys.json"), new JWKSet(key.toPublicJWK()).toString());
    IssuerSettings issuer =
        IssuerSettings.of(
            "corp",
            server.at("").toString(),
            List.of("api"),
            Set.of(Algorithm.ES256),
            new KeySource.File(keys));
    signed = workshop.verifier(issuer);
    tokens =
        new IntrospectedTokens(
            issuer,
            new IntrospectionSettings(Duration.ofSeconds(30), Duration.ZERO, false, true),
            new Endpoint(
                workshop,
                server.at(""),
                "introspection_endpoint",
                server.at("/introspect"),
                new ClientCredential.Basic("the gate", Secret.of("secret")),
                Duration.ofSeconds(5)),
            signed,
            new SignedAnswers(issuer, signed.signatures(), "the gate"),
            workshop);
  }

  @AfterEach
  void close() {
    workshop.close();
    server.close();
  }

  private Map<String, Object> claims(Object... more) {
    Map<String, Object> about = new HashMap<>();
    about.put("active", true);
    about.put("token_type", "Bearer");
    about.put("sub", "alice");
    about.put("aud", "api");
    about.put("exp", START + 600);
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", server.at("").toString());
    claims.put("aud", "the gate");
    claims.put("iat", START);
    claims.put("token_introspection", about);
    for (int i = 0; i < more.length; i += 2) {
      claims.put((String) more[i], more[i + 1]);
    }
    return claims;
  }

  private static String token(ECKey by, String type, Map<String, Object> claims) throws Exception {
    JWTClaimsSet.Builder all = new JWTClaimsSet.Builder();
    claims.forEach(all::claim);
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .keyID("k")
                .type(new JOSEObjectType(type))
                .build(),
            all.build());
    jwt.sign(new ECDSASigner(by));
    return jwt.serialize();
  }

  private Verification asked(String token) throws Exception {
    return Waiting.on(() -> tokens.verify(token, HOME));
  }

  private static Fault fault(Verification verification) {
    assertThat(verification).isInstanceOf(Verification.Refused.class);
    return ((Verification.Refused) verification).fault();
  }

  @Test
  void believes_what_the_issuer_signed_for_the_gate() throws Exception {
    server.says(200, MEDIA_TYPE, token(key, TYPE, claims()));
    assertThat(asked("opaque")).isInstanceOf(Verification.Verified.class);
    assertThat(server.asked().getLast().accept()).isEqualTo(MEDIA_TYPE);
    server.says(200, MEDIA_TYPE, token(key, TYPE, claims("aud", List.of("x", "api"))));
    assertThat(asked("another")).isInstanceOf(Verification.Verified.class);
    server.says(
        200, MEDIA_TYPE, token(key, TYPE, claims("token_introspection", Map.of("active", false))));
    assertThat(fault(asked("third"))).isEqualTo(Fault.INACTIVE);
    server.says(
        200,
        MEDIA_TYPE,
        token(
            key,
            TYPE,
            claims(
                "token_introspection",
                Map.of("active", true, "token_type", "Bearer", "sub", "alice", "aud", "mail"))));
    assertThat(fault(asked("fourth"))).isEqualTo(Fault.AUDIENCE);
  }

  @Test
  void believes_nothing_else() throws Exception {
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    Map<String, Object> unsaid = claims("active", true, "sub", "alice", "token_type", "Bearer");
    unsaid.remove("token_introspection");
    Map<String, Object> undated = claims();
    undated.remove("iat");
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("signed by somebody", token(other, TYPE, claims()));
    answers.put("an access token", token(key, "at+jwt", claims()));
    answers.put("a token of no type", token(key, "JWT", claims()));
    answers.put("of another issuer", token(key, TYPE, claims("iss", "https://evil.example")));
    answers.put("for another client", token(key, TYPE, claims("aud", "other")));
    answers.put("for nobody", token(key, TYPE, claims("aud", List.of())));
    answers.put("of long ago", token(key, TYPE, claims("iat", START - 331)));
    answers.put("of tomorrow", token(key, TYPE, claims("iat", START + 31)));
    answers.put("of no time", token(key, TYPE, undated));
    answers.put("ended", token(key, TYPE, claims("exp", START - 31)));
    answers.put("about nothing", token(key, TYPE, unsaid));
    answers.put("about a text", token(key, TYPE, claims("token_introspection", "active")));
    answers.put("unsigned", "eyJhbGciOiJub25lIiwidHlwIjoidG9rZW4taW50cm9zcGVjdGlvbitqd3QifQ.e30.");
    answers.put(
        "plain", "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"a\",\"aud\":\"api\"}");
    for (Map.Entry<String, String> each : answers.entrySet()) {
      server.says(200, MEDIA_TYPE, each.getValue());
      assertThat(fault(asked("about-" + each.getKey().replace(' ', '-'))))
          .as(each.getKey())
          .isEqualTo(Fault.UNANSWERED);
    }
    server.says(200, "application/json", answers.get("plain"));
    assertThat(fault(asked("plain"))).isEqualTo(Fault.UNANSWERED);
    server.says(200, "application/jwt", token(key, TYPE, claims()));
    assertThat(fault(asked("other-type"))).isEqualTo(Fault.UNANSWERED);
    server.says(400, MEDIA_TYPE, token(key, TYPE, claims()));
    assertThat(fault(asked("refused"))).isEqualTo(Fault.UNANSWERED);
  }

  @Test
  void an_answer_opens_nothing_itself() throws Exception {
    Map<String, Object> both =
        claims("aud", List.of("the gate", "api"), "sub", "alice", "exp", START + 60);
    String answer = token(key, TYPE, both);
    assertThat(fault(Waiting.on(() -> tokens.verify(answer, HOME)))).isEqualTo(Fault.TYPE);
  }
}
