package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.core.identity.TokenVerifier.Fault;
import dev.gatewarden.testkit.Ratchet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Encrypted texts that others made, good and bad.
class JweCorpusTest {

  @Test
  void opens_what_it_knows_of_wycheproof_and_nothing_that_is_wrong() {
    int opened = 0;
    int refused = 0;
    int unknown = 0;
    List<String> wrong = new ArrayList<>();
    for (Map<String, Object> group :
        Corpora.objects(
            Corpora.json("wycheproof/json_web_encryption_test.json").get("testGroups"))) {
      Decryption decryption = decryption(Corpora.object(group.get("private")));
      for (Map<String, Object> test : Corpora.objects(group.get("tests"))) {
        String token = test.get("jwe").toString();
        byte[] content = open(decryption, token);
        boolean valid = test.get("result").equals("valid");
        boolean known = Jwe.parse(token) instanceof Jwe.Parsed.Whole;
        if (valid && known && decryption.isPossible()) {
          byte[] expected = HexFormat.of().parseHex(test.get("pt").toString());
          if (content == null || !java.util.Arrays.equals(content, expected)) {
            wrong.add(test.get("tcId") + " should open");
          }
          opened++;
        } else if (content != null) {
          wrong.add(test.get("tcId") + " should not open");
        } else if (valid) {
          unknown++;
        } else {
          refused++;
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refused).isEqualTo(74);
    assertThat(opened + unknown).isEqualTo(65);
    Ratchet.count("wycheproof-jwe.opened", opened);
    Ratchet.count("wycheproof-jwe.refused", refused);
  }

  @Test
  void judges_the_mixed_vectors_of_wycheproof() {
    int accepted = 0;
    int refused = 0;
    List<String> wrong = new ArrayList<>();
    for (Map<String, Object> group :
        Corpora.objects(Corpora.json("wycheproof/json_web_crypto_test.json").get("testGroups"))) {
      for (Map<String, Object> test : Corpora.objects(group.get("tests"))) {
        Object jwe = test.get("jwe");
        boolean good =
            jwe == null
                ? VectorKeys.accepts(group, test.get("jws").toString())
                : open(decryption(Corpora.object(group.get("private"))), jwe.toString()) != null;
        boolean valid = test.get("result").equals("valid");
        // Secrets that both sides hold open nothing here.
        boolean unknown = jwe != null && group.get("comment").equals("jwe_aes");
        if (good != (valid && !unknown)) {
          wrong.add(test.get("tcId").toString());
        }
        accepted += good ? 1 : 0;
        refused += good ? 0 : 1;
      }
    }
    assertThat(wrong).isEmpty();
    Ratchet.count("wycheproof-mixed.accepted", accepted);
    Ratchet.count("wycheproof-mixed.refused", refused);
  }

  @Test
  void judges_the_keys_of_wycheproof() {
    int accepted = 0;
    int refused = 0;
    List<String> wrong = new ArrayList<>();
    for (Map<String, Object> group :
        Corpora.objects(Corpora.json("wycheproof/json_web_key_test.json").get("testGroups"))) {
      for (Map<String, Object> test : Corpora.objects(group.get("tests"))) {
        boolean good = VectorKeys.accepts(group, test.get("jws").toString());
        if (good != test.get("result").equals("valid")) {
          wrong.add(test.get("tcId").toString());
        }
        accepted += good ? 1 : 0;
        refused += good ? 0 : 1;
      }
    }
    assertThat(wrong).isEmpty();
    Ratchet.count("wycheproof-jwk.accepted", accepted);
    Ratchet.count("wycheproof-jwk.refused", refused);
  }

  @ParameterizedTest
  @CsvSource({
    "jwe/5_1.key_encryption_using_rsa_v15_and_aes-hmac-sha2, ALGORITHM",
    "jwe/5_2.key_encryption_using_rsa-oaep_with_aes-gcm, ALGORITHM",
    "jwe/5_3.key_wrap_using_pbes2-aes-keywrap_with-aes-cbc-hmac-sha2, ALGORITHM",
    "jwe/5_4.key_agreement_with_key_wrapping_using_ecdh-es_and_aes-keywrap_with_aes-gcm, OPEN",
    "jwe/5_5.key_agreement_using_ecdh-es_with_aes-cbc-hmac-sha2, OPEN",
    "jwe/5_6.direct_encryption_using_aes-gcm, ALGORITHM",
    "jwe/5_7.key_wrap_using_aes-gcm_keywrap_with_aes-cbc-hmac-sha2, ALGORITHM",
    "jwe/5_8.key_wrap_using_aes-keywrap_with_aes-gcm, ALGORITHM",
    "jwe/5_9.compressed_content, ALGORITHM",
    "curve25519/ecdh-es, MALFORMED",
  })
  void opens_the_recipes_of_the_cookbook_or_says_why_not(String name, String outcome) {
    Map<String, Object> example = Corpora.json("jose-cookbook/" + name + ".json");
    Map<String, Object> input = Corpora.object(example.get("input"));
    String token = Corpora.object(example.get("output")).get("compact").toString();
    switch (Jwe.parse(token)) {
      case Jwe.Parsed.Broken(Fault fault) -> assertThat(fault.name()).isEqualTo(outcome);
      case Jwe.Parsed.Whole(Jwe jwe) -> {
        byte[] content = decryption(Corpora.object(input.get("key"))).open(jwe);
        assertThat(outcome).isEqualTo("OPEN");
        assertThat(content)
            .isEqualTo(input.get("plaintext").toString().getBytes(StandardCharsets.UTF_8));
        Ratchet.count("jose-cookbook.jwe." + name.substring(4, 7), 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "rfc7797/hmac-sha2_b64_false",
    "jws/4_5.signature_with_detached_content",
  })
  void refuses_what_the_cookbook_does_not_write_as_a_whole_token(String name) {
    Map<String, Object> example = Corpora.json("jose-cookbook/" + name + ".json");
    Object compact = Corpora.object(example.get("output")).get("compact");
    Map<String, Object> jwk = Corpora.object(Corpora.object(example.get("input")).get("key"));
    assertThat(VectorKeys.accepts(Map.of("private", jwk), String.valueOf(compact))).isFalse();
  }

  private static byte @Nullable [] open(Decryption decryption, String token) {
    return Jwe.isOne(token) && Jwe.parse(token) instanceof Jwe.Parsed.Whole(Jwe jwe)
        ? decryption.open(jwe)
        : null;
  }

  /// What opens with a key, if it is one to open with.
  private static Decryption decryption(Map<String, Object> jwk) {
    byte[] json = JsonWriter.write(new TreeMap<>(jwk)).getBytes(StandardCharsets.UTF_8);
    try {
      return new Decryption(DecryptionKey.in(Secret.of(json)));
    } catch (IllegalArgumentException refused) {
      return new Decryption(List.of());
    }
  }
}
