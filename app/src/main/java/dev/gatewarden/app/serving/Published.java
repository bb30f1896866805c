package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Issuer;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.gateway.metadata.ProtectedResource;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What is published of an API whose callers bring tokens (RFC 9728).
final class Published {
  private Published() {}

  /// The route that tells it; none where no issuer proves any scheme.
  static List<OwnRoute> of(Api api, Contract contract, Map<String, Issuer> issuers) {
    List<String> named = new ArrayList<>();
    boolean dpop = true;
    boolean certificates = false;
    for (String name : new TreeSet<>(api.security().values())) {
      Issuer issuer = issuers.get(name);
      if (issuer != null) {
        if (issuer.url() != null) {
          named.add(issuer.url().toString());
        }
        dpop &= issuer.bound() == Issuer.Bound.DPOP;
        certificates |= issuer.bound() == Issuer.Bound.MTLS || issuer.bound() == Issuer.Bound.ANY;
      }
    }
    return named.isEmpty()
        ? List.of()
        : List.of(
            new ProtectedResource(
                new ProtectedResource.Told(
                    contract.title(),
                    api.at().path(),
                    named,
                    scopes(contract),
                    dpop,
                    certificates)));
  }

  /// Names that schemes without scopes ask for are roles, which no client can ask for.
  private static Set<String> scopes(Contract contract) {
    Set<String> scopes = new TreeSet<>();
    for (Operation operation : contract.operations()) {
      for (Security.Alternative alternative : operation.security().alternatives()) {
        for (Security.Need need : alternative.needs()) {
          SecurityScheme scheme = contract.schemes().get(need.scheme());
          if (scheme != null
              && (scheme.kind() instanceof SecurityScheme.OAuth2
                  || scheme.kind() instanceof SecurityScheme.OpenIdConnect)) {
            scopes.addAll(need.scopes());
          }
        }
      }
    }
    return scopes;
  }
}
