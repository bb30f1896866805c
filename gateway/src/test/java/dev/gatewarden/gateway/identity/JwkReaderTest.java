package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JwkReaderTest {
  private static final TestKey EC = TestKey.of("e", Algorithm.ES256);
  private static final TestKey RSA = TestKey.of("r", Algorithm.RS256);
  private static final TestKey ED = TestKey.of("d", Algorithm.EDDSA);

  @Test
  void reads_each_kind() {
    for (TestKey key :
        List.of(EC, RSA, ED, TestKey.of("a", Algorithm.ES384), TestKey.of("b", Algorithm.ES512))) {
      VerificationKey read = JwkReader.key(key.jwk());
      assertThat(read).isNotNull();
      assertThat(read.serves(key.algorithm())).isTrue();
    }
  }

  @Test
  void names_a_key_by_its_thumbprint() {
    // RFC 7638, section 3.1
    Map<String, Object> jwk =
        Map.of(
            "kty", "RSA",
            "n",
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L"
                    + "6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6C"
                    + "f0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5haj"
                    + "rn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqb"
                    + "w0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "e", "AQAB");
    assertThat(JwkReader.key(jwk).thumbprint())
        .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  @Test
  void leaves_out_what_may_not_be_used_for_signatures() {
    assertThat(JwkReader.key(with(EC, "use", "enc"))).isNull();
    assertThat(JwkReader.key(with(EC, "use", List.of("sig")))).isNull();
    assertThat(JwkReader.key(with(EC, "key_ops", List.of("encrypt")))).isNull();
    assertThat(JwkReader.key(with(EC, "key_ops", "verify"))).isNull();
    assertThat(JwkReader.key(with(EC, "key_ops", List.of("verify")))).isNotNull();
    assertThat(JwkReader.key(with(EC, "alg", "RS256"))).isNull();
    assertThat(JwkReader.key(with(EC, "alg", "ES384"))).isNull();
    assertThat(JwkReader.key(with(EC, "alg", "ES999"))).isNull();
    assertThat(JwkReader.key(with(EC, "alg", "ES256"))).isNotNull();
    assertThat(JwkReader.key(with(EC, "kty", "oct"))).isNull();
  }

  @Test
  void pins_a_key_to_its_algorithm() {
    VerificationKey key = JwkReader.key(with(RSA, "alg", "PS256"));
    assertThat(key.serves(Algorithm.PS256)).isTrue();
    assertThat(key.serves(Algorithm.RS256)).isFalse();
    assertThat(JwkReader.key(RSA.jwk()).serves(Algorithm.RS512)).isTrue();
  }

  @Test
  void leaves_out_a_private_key_that_was_published() {
    assertThat(JwkReader.key(with(EC, "d", "AQAB"))).isNull();
    assertThat(JwkReader.key(Map.of("kty", "oct", "k", "A".repeat(43)))).isNull();
  }

  @Test
  void leaves_out_weak_and_broken_rsa_keys() {
    assertThat(JwkReader.key(TestKey.rsa("w", Algorithm.RS256, 2047).jwk())).isNull();
    assertThat(JwkReader.key(TestKey.rsa("w", Algorithm.RS256, 1024).jwk())).isNull();
    assertThat(JwkReader.key(with(RSA, "e", "AQ"))).isNull();
    assertThat(JwkReader.key(with(RSA, "e", "AQAA"))).isNull();
    assertThat(JwkReader.key(with(RSA, "e", "AQAAAAE"))).isNull();
    assertThat(JwkReader.key(with(RSA, "n", ""))).isNull();
    assertThat(JwkReader.key(with(RSA, "n", "_".repeat(1367)))).isNull();
  }

  @Test
  void leaves_out_points_that_are_not_on_the_curve() {
    Map<String, Object> other = TestKey.of("o", Algorithm.ES256).jwk();
    assertThat(JwkReader.key(with(EC, "x", other.get("x")))).isNull();
    assertThat(JwkReader.key(with(EC, "crv", "P-384"))).isNull();
    assertThat(JwkReader.key(with(EC, "crv", "secp256k1"))).isNull();
    assertThat(JwkReader.key(with(EC, "x", "_".repeat(43)))).isNull();
    assertThat(JwkReader.key(with(ED, "x", "AAAA"))).isNull();
    assertThat(JwkReader.key(with(ED, "crv", "X25519"))).isNull();
  }

  @Test
  void keeps_the_good_keys_of_a_set() {
    String json =
        JsonWriter.write(
            Map.of("keys", List.of(EC.jwk(), with(RSA, "use", "enc"), "what", ED.jwk())));
    KeySet set = JwkReader.set(json.getBytes(StandardCharsets.UTF_8));
    assertThat(set.keys()).extracting(VerificationKey::kid).containsExactly("e", "d");
    assertThat(set.find("e", Algorithm.ES256)).isNotNull();
    assertThat(set.find("d", Algorithm.ES256)).isNull();
  }

  private static Map<String, Object> with(TestKey key, String name, Object value) {
    Map<String, Object> jwk = new LinkedHashMap<>(key.jwk());
    jwk.put(name, value);
    return jwk;
  }
}
