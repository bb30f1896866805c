package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.BrowserSession;
import dev.gatewarden.app.configuration.Configuration;
import dev.gatewarden.app.configuration.DecisionPort;
import dev.gatewarden.app.configuration.ExternalPoint;
import dev.gatewarden.app.configuration.Policies;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.gateway.authzen.Asker;
import dev.gatewarden.gateway.authzen.AuthzenGate;
import dev.gatewarden.gateway.authzen.AuthzenSettings;
import dev.gatewarden.gateway.authzen.OwnProofs;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.walk.ApiSettings;
import dev.gatewarden.gateway.walk.GateSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The port on which services ask, made of the very settings that judge requests.
final class Questions {
  private final Configuration configuration;
  private final DecisionPort port;

  Questions(Configuration configuration, DecisionPort port) {
    this.configuration = configuration;
    this.port = port;
  }

  /// @param served the APIs as they are served
  /// @param provers who proves services
  /// @param url by which services know the gate
  AuthzenGate gate(
      GateSettings shared,
      List<ApiSettings> served,
      Provers provers,
      OwnProofs own,
      Supplier<String> url) {
    List<Asker> askers = new ArrayList<>();
    Map<String, Prover> proving = new HashMap<>();
    port.askers()
        .forEach(
            (name, service) -> {
              Prover prover = provers.named(service.by());
              if (prover != null) {
                proving.put(service.by(), prover);
              }
              askers.add(asker(name, service));
            });
    List<AuthzenGate.Open> open = new ArrayList<>();
    for (ApiSettings each : served) {
      Api api = configuration.apis().get(each.contract().api());
      if (api != null) {
        open.add(new AuthzenGate.Open(each, issuers(api), readsClaims(api)));
      }
    }
    return new AuthzenGate(
        shared,
        new AuthzenSettings(
            url, askers, proving, own, port.body().bytes(), port.evaluations(), port.deadline()),
        open);
  }

  private static Asker asker(String name, DecisionPort.Service service) {
    DecisionPort.States states = service.states();
    return new Asker(
        name,
        service.by(),
        service.named(),
        new HashSet<>(service.apis()),
        new Asker.States(
            states.issuer(),
            new HashSet<>(states.tenants()),
            new HashSet<>(states.roles()),
            new HashSet<>(states.scopes()),
            states.objects(),
            states.source()));
  }

  /// Who vouches for what each scheme proves, of those whose proofs are good for every operation: a
  /// session's users are its issuer's. A key opens what it was issued for, and a service's own
  /// token
  /// may be taken back at any moment, so nobody but the request that brings one proves it.
  private Map<String, String> issuers(Api api) {
    Map<String, String> byScheme = new HashMap<>();
    api.security()
        .forEach(
            (scheme, prover) -> {
              BrowserSession session = configuration.sessions().get(prover);
              if (session != null) {
                byScheme.put(scheme, session.issuer());
              } else if (configuration.issuers().containsKey(prover)
                  || configuration.certificates().containsKey(prover)) {
                byScheme.put(scheme, prover);
              }
            });
    return byScheme;
  }

  /// Whether somebody who decides looks at more of a caller than the gate's own token says.
  private boolean readsClaims(Api api) {
    for (String name : DecisionPoints.names(api)) {
      Policies policies = configuration.policies();
      if (name.equals(CedarPoint.NAME) && policies != null) {
        if (!policies.claims().isEmpty() || policies.groups() != null) {
          return true;
        }
        continue;
      }
      ExternalPoint point = configuration.decisionPoints().get(name);
      boolean reads =
          point != null
              && switch (point.kind()) {
                case OPA, AUTHZEN, TOPAZ -> true;
                case OPENFGA, SPICEDB -> false;
              };
      if (reads) {
        return true;
      }
    }
    return false;
  }
}
