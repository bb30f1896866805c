package dev.gatewarden.controls.guards;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Sender;
import dev.gatewarden.core.identity.TokenVerifier;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Relations;
import java.time.InstantSource;
import java.util.Map;

/// What the guards of one API may ask of the world.
///
/// @param verifiers who proves tokens, by the name of the contract's security scheme
/// @param senders who signs events, by the name of the contract's security scheme
public record Ports(
    InstantSource clock,
    Map<String, TokenVerifier> verifiers,
    Map<String, Sender> senders,
    Lookups lookups,
    Relations relations,
    Blocks blocks) {
  public Ports {
    verifiers = Map.copyOf(verifiers);
    senders = Map.copyOf(senders);
  }
}
