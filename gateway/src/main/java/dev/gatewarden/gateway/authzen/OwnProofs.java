package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.identity.Proof;
import org.jspecify.annotations.Nullable;

/// Proves the tokens by which the gate told a service who calls, when the service brings them back.
@FunctionalInterface
public interface OwnProofs {

  /// Whom a token names, or null where it is none of the gate's, for another service, or over. May
  /// wait.
  @Nullable Proof prove(String token, String upstream);
}
