package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.configuration.Secrets;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.gateway.identity.IssuerSettings;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What it takes to make provers of a configuration.
///
/// @param problems where what cannot be made is added
/// @param issuers what is known of each issuer
/// @param own what the gate answers by itself at the APIs that name a prover, by the prover's name
record Making(
    Reading reading,
    Secrets secrets,
    Assembly.World world,
    List<Problem> problems,
    Map<String, IssuerSettings> issuers,
    Map<String, List<OwnRoute>> own) {

  Making(Reading reading, Secrets secrets, Assembly.World world, List<Problem> problems) {
    this(reading, secrets, world, problems, new HashMap<>(), new HashMap<>());
  }

  /// Notes what is wrong, at the place in the configuration that a path of keys leads to.
  void wrong(String message, String... path) {
    problems.add(new Problem(Places.nearest(reading.source(), path).place(), message));
  }
}
