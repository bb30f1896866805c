package dev.gatewarden.acceptance;

import static dev.gatewarden.acceptance.IdentityGate.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.CompressionAlgorithm;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.gatewarden.testkit.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that only the gate can read.
class EncryptedTokenTest {
  @TempDir static Path folder;
  private static ECKey signing;
  private static RSAKey old;
  private static ECKey fresh;
  private static OwnIssuer issuer;
  private static IdentityGate gate;

  @BeforeAll
  static void open() throws Exception {
    signing = OwnIssuer.key("key-1");
    old = new RSAKeyGenerator(2048).generate();
    fresh = new ECKeyGenerator(Curve.P_256).keyID("fresh").generate();
    Files.writeString(
        folder.resolve("old.pem"),
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(old.toPrivateKey().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    Files.writeString(folder.resolve("fresh.jwk"), fresh.toJSONString());
    issuer = OwnIssuer.start(signing);
    gate =
        IdentityGate.start(
            folder,
            "/sealed: [vault]\n/plain: [corp]\n/either: [corp, vault]\n",
            """
            vault:
              url: '%1$s'
              audience: https://api.example
              algorithms: [ES256]
              decrypt: [file:old.pem, file:fresh.jwk]
            corp: {url: '%1$s', audience: https://other.example, algorithms: [ES256]}
            """
                .formatted(issuer.uri()),
            "{vault: vault, corp: corp}");
  }

  @AfterAll
  static void close() throws Exception {
    gate.close();
    issuer.close();
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void opens_what_is_encrypted_for_the_old_key_and_for_the_new_one() throws Exception {
    String token = issuer.token(signing, AUDIENCE, "alice");
    assertThat(gate.status("/sealed", forOld(token))).isEqualTo(200);
    assertThat(gate.told()).contains("\"sub\":\"alice\"");
    assertThat(gate.status("/sealed", forNew(token))).isEqualTo(200);
    assertThat(gate.status("/either", forNew(token))).isEqualTo(200);
    assertThat(gate.status("/sealed", token)).as("signed alone is enough").isEqualTo(200);
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void judges_what_is_inside_like_any_token() throws Exception {
    assertGoodOnesPass();
    Map<String, Object> claims = issuer.claims(AUDIENCE, "alice");
    claims.put("exp", 1_000L);
    assertThat(gate.status("/sealed", forNew(issuer.token(signing, claims)))).isEqualTo(401);
    assertThat(
            gate.status("/sealed", forNew(issuer.token(signing, "https://bank.example", "alice"))))
        .isEqualTo(401);
    ECKey forger = OwnIssuer.key("key-1");
    assertThat(gate.status("/sealed", forNew(issuer.token(forger, AUDIENCE, "admin"))))
        .isEqualTo(401);
    // Whoever has the public key can encrypt: that proves nothing.
    assertThat(gate.status("/sealed", forNew(Crafted.json(issuer.claims(AUDIENCE, "admin")))))
        .isEqualTo(401);
    String twice = forNew(forNew(issuer.token(signing, AUDIENCE, "alice")));
    assertThat(gate.status("/sealed", twice)).isEqualTo(401);
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void opens_nothing_where_no_key_is_configured() throws Exception {
    assertGoodOnesPass();
    String token = forNew(issuer.token(signing, "https://other.example", "alice"));
    assertThat(gate.status("/plain", token)).isEqualTo(401);
  }

  @Test
  @Requirement(id = "JWT-1", without = "signed-token")
  void a_point_beside_the_curve_and_a_compressed_bomb() throws Exception {
    assertGoodOnesPass();
    String good = forNew(issuer.token(signing, AUDIENCE, "alice"));
    String head =
        new String(
            Base64.getUrlDecoder().decode(good.substring(0, good.indexOf('.'))),
            java.nio.charset.StandardCharsets.UTF_8);
    String beside =
        head.replaceFirst("\"y\":\"[^\"]*\"", "\"y\":\"" + Crafted.part(new byte[32]) + "\"");
    assertThat(beside).isNotEqualTo(head);
    assertThat(gate.status("/sealed", Crafted.part(beside) + good.substring(good.indexOf('.'))))
        .isEqualTo(401);
    JWEObject bomb =
        new JWEObject(
            header().compressionAlgorithm(CompressionAlgorithm.DEF).build(),
            new Payload("A".repeat(5_000)));
    bomb.encrypt(new ECDHEncrypter(fresh.toECPublicKey()));
    assertThat(gate.status("/sealed", bomb.serialize())).isEqualTo(401);
    for (String alg : List.of("PBES2-HS256+A128KW", "RSA1_5", "RSA-OAEP", "dir", "A256KW")) {
      String made =
          "{\"alg\":\"" + alg + "\",\"enc\":\"A128GCM\",\"cty\":\"JWT\",\"p2c\":2000000000}";
      assertThat(gate.status("/sealed", Crafted.part(made) + ".AA." + "A".repeat(16) + ".AA.AA"))
          .isEqualTo(401);
    }
  }

  private static void assertGoodOnesPass() throws Exception {
    assertThat(gate.status("/sealed", forNew(issuer.token(signing, AUDIENCE, "alice"))))
        .isEqualTo(200);
    assertThat(gate.status("/plain", issuer.token(signing, "https://other.example", "alice")))
        .isEqualTo(200);
  }

  private static JWEHeader.Builder header() {
    return new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
        .contentType("JWT")
        .keyID("fresh");
  }

  private static String forNew(String content) throws Exception {
    JWEObject sealed = new JWEObject(header().build(), new Payload(content));
    sealed.encrypt(new ECDHEncrypter(fresh.toECPublicKey()));
    return sealed.serialize();
  }

  private static String forOld(String content) throws Exception {
    JWEObject sealed =
        new JWEObject(
            new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A128CBC_HS256)
                .contentType("JWT")
                .keyID("whatever")
                .build(),
            new Payload(content));
    sealed.encrypt(new RSAEncrypter(old.toRSAPublicKey()));
    return sealed.serialize();
  }
}
