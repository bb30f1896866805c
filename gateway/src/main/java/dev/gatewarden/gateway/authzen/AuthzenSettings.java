package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.identity.Prover;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// How services may ask.
///
/// @param url by which they know the gate, without a slash at its end
/// @param askers who may
/// @param provers who proves them, by name
/// @param own proves the gate's own tokens
/// @param body the most bytes of one question
/// @param evaluations the most evaluations in one call, and the most results on one page
/// @param deadline after which no further evaluation of a call is begun
public record AuthzenSettings(
    Supplier<String> url,
    List<Asker> askers,
    Map<String, Prover> provers,
    OwnProofs own,
    long body,
    int evaluations,
    Duration deadline) {
  public AuthzenSettings {
    askers = List.copyOf(askers);
    provers = Map.copyOf(provers);
  }
}
