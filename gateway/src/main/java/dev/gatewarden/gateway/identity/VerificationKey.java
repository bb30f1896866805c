package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
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
    /// A public key, and the same in the form of the provider that checks signatures with it:
    /// making
    /// that anew for each signature costs as much as a third of the signature.
    final class Public implements Material {
      private final PublicKey key;
      private volatile @Nullable PublicKey translated;

      Public(PublicKey key) {
        this.key = key;
      }

      PublicKey key() {
        return key;
      }

      /// The key in a provider's own form; as it is, where the provider does not know its kind.
      /// There
      /// is one provider in a process to ask for.
      PublicKey in(Provider provider) {
        PublicKey known = translated;
        if (known == null) {
          known = translated(provider);
          translated = known;
        }
        return known;
      }

      private PublicKey translated(Provider provider) {
        try {
          return (PublicKey) KeyFactory.getInstance(key.getAlgorithm(), provider).translateKey(key);
        } catch (GeneralSecurityException unknown) {
          return key;
        }
      }
    }

    record Shared(Secret secret) implements Material {}
  }

  boolean serves(Algorithm algorithm) {
    return algorithm.family() == family && (only == null || only == algorithm);
  }
}
