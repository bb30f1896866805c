package dev.gatewarden.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.testkit.Ratchet;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures that others made, good and bad, against both providers.
class JoseCorpusTest {
  @TempDir static java.nio.file.Path natives;

  @Test
  void judges_the_vectors_of_wycheproof_as_they_should_be() throws Exception {
    Map<String, Object> excluded = excluded();
    for (Signatures signatures : signatures()) {
      TreeSet<String> wrong = new TreeSet<>();
      int accepted = 0;
      for (Map<String, Object> group : groups()) {
        KeySet keys = keys(group);
        for (Map<String, Object> test : Corpora.objects(group.get("tests"))) {
          boolean good = accepts(signatures, keys, test.get("jws").toString());
          boolean valid = test.get("result").equals("valid");
          accepted += good && valid ? 1 : 0;
          if (good != valid) {
            wrong.add(test.get("tcId").toString());
          }
        }
      }
      assertThat(wrong).isEqualTo(new TreeSet<>(excluded.keySet()));
      Ratchet.count("wycheproof-jws.accepted", accepted);
    }
  }

  @Test
  void accepts_no_invalid_vector_under_published_keys() throws Exception {
    for (Signatures signatures : signatures()) {
      TreeSet<String> wrong = new TreeSet<>();
      int refused = 0;
      for (Map<String, Object> group : groups()) {
        VerificationKey key =
            JwkReader.key(Corpora.object(group.getOrDefault("public", group.get("private"))));
        KeySet keys = new KeySet(key == null ? List.of() : List.of(key));
        for (Map<String, Object> test : Corpora.objects(group.get("tests"))) {
          if (test.get("result").equals("invalid")) {
            if (accepts(signatures, keys, test.get("jws").toString())) {
              wrong.add(test.get("tcId").toString());
            }
            refused++;
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(refused).isEqualTo(355);
      Ratchet.count("wycheproof-jws.refused", refused);
    }
  }

  private static List<Map<String, Object>> groups() {
    return Corpora.objects(
        Corpora.json("wycheproof/json_web_signature_test.json").get("testGroups"));
  }

  @Test
  void accepts_the_signatures_of_the_cookbook() throws Exception {
    for (Signatures signatures : signatures()) {
      int accepted = 0;
      for (String name :
          List.of(
              "jws/4_1.rsa_v15_signature",
              "jws/4_2.rsa-pss_signature",
              "jws/4_3.ecdsa_signature",
              "jws/4_4.hmac-sha2_integrity_protection",
              "curve25519/jws")) {
        Map<String, Object> example = Corpora.json("jose-cookbook/" + name + ".json");
        Map<String, Object> jwk =
            new TreeMap<>(Corpora.object(Corpora.object(example.get("input")).get("key")));
        // What is published is the public half.
        List.of("d", "p", "q", "dp", "dq", "qi").forEach(jwk::remove);
        Object compact = Corpora.object(example.get("output")).get("compact");
        KeySet keys = keys(Map.of("public", jwk, "private", jwk));
        assertThat(accepts(signatures, keys, compact.toString())).as(name).isTrue();
        accepted++;
      }
      Ratchet.count("jose-cookbook.jws", accepted);
    }
  }

  private static List<Signatures> signatures() throws InterruptedException {
    FastProvider fast = FastProvider.loading(natives);
    fast.await();
    List<Signatures> all = new ArrayList<>();
    all.add(new Signatures(() -> null));
    Provider provider = fast.get();
    if (provider != null) {
      all.add(new Signatures(() -> provider));
    }
    return all;
  }

  private static boolean accepts(Signatures signatures, KeySet keys, String token) {
    if (!(Jws.parse(token) instanceof Jws.Parsed.Whole(Jws jws))) {
      return false;
    }
    VerificationKey key = keys.find(jws.kid(), jws.algorithm());
    return key != null && signatures.verify(jws, key);
  }

  private static KeySet keys(Map<String, Object> group) {
    Map<String, Object> jwk = Corpora.object(group.getOrDefault("public", group.get("private")));
    if ("oct".equals(jwk.get("kty"))) {
      byte[] secret = Objects.requireNonNull(Base64Url.decode(jwk.get("k").toString()));
      Algorithm only = Algorithm.of(jwk.get("alg").toString());
      return new KeySet(
          List.of(JwkReader.shared(jwk.get("kid").toString(), Secret.of(secret), only)));
    }
    VerificationKey key = JwkReader.key(jwk);
    return new KeySet(key == null ? List.of() : List.of(key));
  }

  private static Map<String, Object> excluded() throws Exception {
    try (InputStream in = JoseCorpusTest.class.getResourceAsStream("excluded.json")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Map<String, Object> all =
          Objects.requireNonNull(StrictJson.object(text.getBytes(StandardCharsets.UTF_8)));
      return Corpora.object(all.get("wycheproof/json_web_signature_test.json"));
    }
  }
}
