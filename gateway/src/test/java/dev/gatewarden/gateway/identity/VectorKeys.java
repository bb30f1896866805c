package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The keys of a group of test vectors, as an operator would give them to the gate: secrets one by
/// one, public keys as a published set.
final class VectorKeys {
  private VectorKeys() {}

  /// Whether a signed text counts under the keys of its group.
  static boolean accepts(Map<String, Object> group, String token) {
    if (!(Jws.parse(token) instanceof Jws.Parsed.Whole(Jws jws))) {
      return false;
    }
    VerificationKey key = of(group, jws.kid()).find(jws.kid(), jws.algorithm());
    return key != null && new Signatures(() -> null).verify(jws, key);
  }

  private static KeySet of(Map<String, Object> group, String kid) {
    Map<String, Object> given = Corpora.object(group.getOrDefault("public", group.get("private")));
    List<Map<String, Object>> jwks =
        given.containsKey("keys") ? Corpora.objects(given.get("keys")) : List.of(given);
    if (jwks.stream().allMatch(jwk -> "oct".equals(jwk.get("kty")))) {
      return new KeySet(shared(jwks.size() == 1 ? jwks : one(jwks, kid)));
    }
    byte[] json = JsonWriter.write(Map.of("keys", jwks)).getBytes(StandardCharsets.UTF_8);
    return Objects.requireNonNull(JwkReader.set(json));
  }

  /// An issuer has one secret; of several, the one whose name is meant.
  private static List<Map<String, Object>> one(List<Map<String, Object>> jwks, String kid) {
    List<Map<String, Object>> meant =
        jwks.stream().filter(jwk -> kid.equals(jwk.get("kid"))).toList();
    return meant.size() == 1 ? meant : List.of();
  }

  private static List<VerificationKey> shared(List<Map<String, Object>> jwks) {
    List<VerificationKey> keys = new ArrayList<>();
    for (Map<String, Object> jwk : jwks) {
      byte[] secret = Base64Url.decode(jwk.get("k").toString());
      Algorithm only = Algorithm.of(String.valueOf(jwk.get("alg")));
      if (secret != null
          && secret.length >= 32
          && only != null
          && only.isSymmetric()
          && "sig".equals(jwk.getOrDefault("use", "sig"))) {
        keys.add(JwkReader.shared(String.valueOf(jwk.get("kid")), Secret.of(secret), only));
      }
    }
    return keys;
  }
}
