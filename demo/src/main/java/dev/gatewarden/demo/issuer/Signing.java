package dev.gatewarden.demo.issuer;

import java.util.Arrays;
import java.util.Optional;

/// How a token is signed: two honest ways, and those that attackers try.
public enum Signing {
  RS256("RS256", "RS256"),
  ES256("ES256", "ES256"),
  /// Not at all (RFC 8725, section 2.1).
  NONE("none", "none"),
  /// With a HMAC whose secret is the issuer's public key, which everybody has.
  HS256_WITH_PUBLIC_KEY("HS256-with-public-key", "HS256"),
  /// With the attacker's own key, under the name of the issuer's.
  FOREIGN_KEY("foreign-key", "RS256"),
  /// With the attacker's own key, which the token itself brings along.
  EMBEDDED_KEY("embedded-key", "RS256"),
  /// With a HMAC over nothing, under a key name that leads to an empty file.
  KEY_FROM_PATH("key-from-path", "HS256");

  private final String word;
  private final String algorithm;

  Signing(String word, String algorithm) {
    this.word = word;
    this.algorithm = algorithm;
  }

  /// What the command line calls it.
  public String word() {
    return word;
  }

  /// The `alg` of the token.
  public String algorithm() {
    return algorithm;
  }

  public static Optional<Signing> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word.equalsIgnoreCase(word)).findFirst();
  }
}
