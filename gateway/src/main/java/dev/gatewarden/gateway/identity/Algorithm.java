package dev.gatewarden.gateway.identity;

import org.jspecify.annotations.Nullable;

/// A signature algorithm of JOSE that the gate can check (RFC 7518, section 3.1; RFC 8037; RFC
/// 9864).
///
/// Not among them, on purpose: `none`, RSA with SHA-1, secp256k1.
public enum Algorithm {
  RS256(Family.RSA, "SHA256withRSA", "", 0),
  RS384(Family.RSA, "SHA384withRSA", "", 0),
  RS512(Family.RSA, "SHA512withRSA", "", 0),
  PS256(Family.RSA, "RSASSA-PSS", "SHA-256", 32),
  PS384(Family.RSA, "RSASSA-PSS", "SHA-384", 48),
  PS512(Family.RSA, "RSASSA-PSS", "SHA-512", 64),
  ES256(Family.P256, "SHA256withECDSAinP1363Format", "", 64),
  ES384(Family.P384, "SHA384withECDSAinP1363Format", "", 96),
  ES512(Family.P521, "SHA512withECDSAinP1363Format", "", 132),
  EDDSA(Family.ED25519, "Ed25519", "", 64),
  HS256(Family.SECRET, "HmacSHA256", "", 32),
  HS384(Family.SECRET, "HmacSHA384", "", 48),
  HS512(Family.SECRET, "HmacSHA512", "", 64);

  /// The kind of key an algorithm works with.
  enum Family {
    RSA,
    P256,
    P384,
    P521,
    ED25519,
    SECRET
  }

  private final Family family;
  private final String jca;
  private final String digest;
  private final int length;

  Algorithm(Family family, String jca, String digest, int length) {
    this.family = family;
    this.jca = jca;
    this.digest = digest;
    this.length = length;
  }

  /// The algorithm of a name as tokens and configurations spell it, or null.
  public static @Nullable Algorithm of(String name) {
    return switch (name) {
      case "EdDSA", "Ed25519" -> EDDSA;
      case "RS256" -> RS256;
      case "RS384" -> RS384;
      case "RS512" -> RS512;
      case "PS256" -> PS256;
      case "PS384" -> PS384;
      case "PS512" -> PS512;
      case "ES256" -> ES256;
      case "ES384" -> ES384;
      case "ES512" -> ES512;
      case "HS256" -> HS256;
      case "HS384" -> HS384;
      case "HS512" -> HS512;
      default -> null;
    };
  }

  /// The name as tokens spell it.
  public String jose() {
    return this == EDDSA ? "EdDSA" : name();
  }

  /// Whether both sides hold the same secret.
  public boolean isSymmetric() {
    return family == Family.SECRET;
  }

  Family family() {
    return family;
  }

  /// The name the JDK's providers know it by.
  String jca() {
    return jca;
  }

  boolean isPss() {
    return !digest.isEmpty();
  }

  String digest() {
    return digest;
  }

  /// The length in bytes of a signature, the salt for PSS; 0 where the key decides.
  int length() {
    return length;
  }
}
