package dev.gatewarden.gateway.identity;

import dev.gatewarden.core.identity.Secret;
import java.net.URI;
import java.nio.file.Path;

/// Where an issuer's keys come from.
public sealed interface KeySource {

  /// The issuer's metadata name the key set (OpenID Connect Discovery 1.0; RFC 8414).
  record Discovered() implements KeySource {}

  /// A key set behind an address: https, or http on loopback.
  record Address(URI jwks) implements KeySource {
    public Address {
      Reachable.orThrow(jwks);
    }
  }

  /// A key set in a file, read again when it changes.
  record File(Path jwks) implements KeySource {}

  /// One secret that both sides hold, at least as long as the digest (RFC 7518, section 3.2).
  record Shared(Secret secret) implements KeySource {
    public Shared {
      if (secret.length() < 32) {
        throw new IllegalArgumentException("a shared secret must hold at least 256 random bits");
      }
    }
  }
}
