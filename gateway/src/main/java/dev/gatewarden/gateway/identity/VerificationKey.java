package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.Secret;
import java.security.PublicKey;
import org.jspecify.annotations.Nullable;

/// A key that signatures are checked with, and what it may be used for.
///
/// @param kid its name in its set, or the empty text
/// @param only the one algorithm it is for, or null when its kind alone decides
/// @param material the key itself
/// @param length the bytes a signature by it has, for RSA; 0 elsewhere
/// @param thumbprint the same for the same key, whatever it is called (RFC 7638)
record VerificationKey(
    String kid,
    Algorithm.Family family,
    @Nullable Algorithm only,
    Material material,
    int length,
    String thumbprint) {

  /// The key itself.
  sealed interface Material {
    record Public(PublicKey key) implements Material {}

    record Shared(Secret secret) implements Material {}
  }

  boolean serves(Algorithm algorithm) {
    return algorithm.family() == family && (only == null || only == algorithm);
  }
}
