package dev.gatewarden.gateway.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of an issuer at one time (RFC 7517, section 5).
record KeySet(List<VerificationKey> keys) {

  KeySet {
    keys = List.copyOf(keys);
  }

  /// The key for a token, or null. A token without a key id is served only where there is no
  /// choice, and a shared secret whatever it is called; an id that two keys bear names neither.
  @Nullable VerificationKey find(String kid, Algorithm algorithm) {
    VerificationKey found = null;
    for (VerificationKey key : keys) {
      if (key.serves(algorithm) && isMeant(kid, key)) {
        if (found != null && !found.thumbprint().equals(key.thumbprint())) {
          return null;
        }
        found = key;
      }
    }
    return found;
  }

  private static boolean isMeant(String kid, VerificationKey key) {
    return kid.isEmpty()
        || kid.equals(key.kid())
        || key.material() instanceof VerificationKey.Material.Shared;
  }

  /// Whether a key is still among them.
  boolean holds(VerificationKey key) {
    for (VerificationKey mine : keys) {
      if (mine == key || mine.thumbprint().equals(key.thumbprint())) {
        return true;
      }
    }
    return false;
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }
}
