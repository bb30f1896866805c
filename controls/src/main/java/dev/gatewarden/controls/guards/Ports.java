package dev.gatewarden.controls.guards;

import dev.gatewarden.core.decision.FirstAnswers;
import dev.gatewarden.core.decision.Steps;
import dev.gatewarden.core.identity.Blocks;
import dev.gatewarden.core.identity.Exposure;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Pseudonyms;
import dev.gatewarden.core.login.Regulars;
import dev.gatewarden.core.policy.Consulted;
import dev.gatewarden.core.policy.Issuers;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Zones;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What the guards of one API may ask of the world.
///
/// @param provers who proves a credential, by the name of the contract's security scheme
/// @param exposure who is told of API keys in addresses
/// @param decisionPoints who decides by a policy, each of whom must permit; nobody where empty
/// @param zones where tenants read their clocks
/// @param pseudonyms what stands in the place of values that are told apart and not seen
/// @param issuers who vouches for the names of owners
/// @param firstAnswers what requests that may be repeated were answered first
/// @param regulars who has logged in well before, and from where
/// @param steps which steps of business flows were done
public record Ports(
    InstantSource clock,
    Map<String, Prover> provers,
    Lookups lookups,
    Relations relations,
    Blocks blocks,
    Exposure exposure,
    List<Consulted> decisionPoints,
    Zones zones,
    Pseudonyms pseudonyms,
    Issuers issuers,
    FirstAnswers firstAnswers,
    Regulars regulars,
    Steps steps) {
  public Ports {
    provers = Map.copyOf(provers);
    decisionPoints = List.copyOf(decisionPoints);
  }

  /// The same ports, and who decides by a policy.
  public Ports deciding(List<Consulted> points, Zones where) {
    return new Ports(
        clock,
        provers,
        lookups,
        relations,
        blocks,
        exposure,
        points,
        where,
        pseudonyms,
        issuers,
        firstAnswers,
        regulars,
        steps);
  }

  /// The same ports, and what was answered first.
  public Ports remembering(FirstAnswers answers) {
    return new Ports(
        clock,
        provers,
        lookups,
        relations,
        blocks,
        exposure,
        decisionPoints,
        zones,
        pseudonyms,
        issuers,
        answers,
        regulars,
        steps);
  }

  /// The same ports, and who has logged in before.
  public Ports knowing(Regulars known) {
    return new Ports(
        clock,
        provers,
        lookups,
        relations,
        blocks,
        exposure,
        decisionPoints,
        zones,
        pseudonyms,
        issuers,
        firstAnswers,
        known,
        steps);
  }

  /// The same ports, and what stands in the place of values.
  public Ports naming(Pseudonyms others) {
    return new Ports(
        clock,
        provers,
        lookups,
        relations,
        blocks,
        exposure,
        decisionPoints,
        zones,
        others,
        issuers,
        firstAnswers,
        regulars,
        steps);
  }

  /// The same ports, and what is remembered of business flows.
  public Ports following(Steps done) {
    return new Ports(
        clock,
        provers,
        lookups,
        relations,
        blocks,
        exposure,
        decisionPoints,
        zones,
        pseudonyms,
        issuers,
        firstAnswers,
        regulars,
        done);
  }

  /// Ports where no policy decides.
  public Ports(
      InstantSource clock,
      Map<String, Prover> provers,
      Lookups lookups,
      Relations relations,
      Blocks blocks,
      Exposure exposure) {
    this(
        clock,
        provers,
        lookups,
        relations,
        blocks,
        exposure,
        List.of(),
        Zones.UTC,
        Pseudonyms.NONE,
        Issuers.ONE,
        FirstAnswers.NONE,
        Regulars.NONE,
        Steps.NONE);
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
