package dev.gatewarden.core.opaque;

import java.util.ArrayList;
import java.util.List;

/// A tenant as ids are bound to it; made by `OpaqueIds.tenant` for one message, and for one thread
/// at a time.
public final class Tenant {
  private final byte[] tweak;
  private final List<Ff1> ciphers = new ArrayList<>(2);
  private final List<Ff1.Permutation> permutations = new ArrayList<>(2);

  Tenant(byte[] tweak) {
    this.tweak = tweak;
  }

  byte[] tweak() {
    return tweak;
  }

  /// The permutation that the tenant chooses; the ids of a list share it.
  Ff1.Permutation of(Ff1 cipher) {
    for (int i = 0; i < ciphers.size(); i++) {
      if (ciphers.get(i) == cipher) {
        return permutations.get(i);
      }
    }
    Ff1.Permutation permutation = cipher.under(tweak);
    ciphers.add(cipher);
    permutations.add(permutation);
    return permutation;
  }
}
