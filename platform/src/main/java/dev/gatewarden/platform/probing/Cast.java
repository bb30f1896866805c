package dev.gatewarden.platform.probing;

import dev.gatewarden.core.probe.Identity;
import java.util.List;

/// Everybody who plays a part in a run.
///
/// @param publicKeys the issuer's public keys in the forms in which they are mistaken for secrets
public record Cast(List<Identity> identities, List<byte[]> publicKeys) {
  public Cast {
    identities = List.copyOf(identities);
    publicKeys = List.copyOf(publicKeys);
  }
}
