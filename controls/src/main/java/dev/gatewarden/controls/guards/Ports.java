package dev.gatewarden.controls.guards;

import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Relations;
import java.time.InstantSource;
import java.util.Map;

/// What the guards of one API may ask of the world.
///
/// @param provers who proves a credential, by the name of the contract's security scheme
/// @param exposure who is told of API keys in addresses
public record Ports(
    InstantSource clock,
    Map<String, Prover> provers,
    Lookups lookups,
    Relations relations,
    Blocks blocks,
    Exposure exposure) {
  public Ports {
    provers = Map.copyOf(provers);
  }

  /// Ports where no keys are issued.
  public Ports(
      InstantSource clock,
      Map<String, Prover> provers,
      Lookups lookups,
      Relations relations,
      Blocks blocks) {
    this(clock, provers, lookups, relations, blocks, Exposure.NONE);
  }
}
