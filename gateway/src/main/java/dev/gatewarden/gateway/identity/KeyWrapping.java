package dev.gatewarden.gateway.identity;

import org.jspecify.annotations.Nullable;

/// How the key of an encrypted token reaches the gate (RFC 7518, section 4).
///
/// Not among them, on purpose: RSA with PKCS #1 padding, RSA-OAEP with SHA-1, passwords (PBES2),
/// whose cost the sender chooses, and secrets that both sides hold.
enum KeyWrapping {
  RSA_OAEP_256("RSA-OAEP-256", 0),
  ECDH_ES("ECDH-ES", 0),
  ECDH_ES_A128KW("ECDH-ES+A128KW", 16),
  ECDH_ES_A256KW("ECDH-ES+A256KW", 32);

  private final String jose;
  private final int keyLength;

  KeyWrapping(String jose, int keyLength) {
    this.jose = jose;
    this.keyLength = keyLength;
  }

  static @Nullable KeyWrapping of(String name) {
    for (KeyWrapping each : values()) {
      if (each.jose.equals(name)) {
        return each;
      }
    }
    return null;
  }

  /// The name as tokens spell it.
  String jose() {
    return jose;
  }

  /// Whether both sides agree on a key, rather than one sending it.
  boolean isAgreement() {
    return this != RSA_OAEP_256;
  }

  /// The length in bytes of the key that wraps; 0 where nothing is wrapped.
  int keyLength() {
    return keyLength;
  }
}
