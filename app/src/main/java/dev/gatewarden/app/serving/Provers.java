package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.core.identity.Prover;
import java.util.HashMap;
import java.util.Map;

/// Who proves what callers bring: everybody whom a configuration names for it, ready to be asked.
final class Provers {
  private final Map<String, Prover> byName = new HashMap<>();

  Provers(Making making) {
    byName.putAll(Issuers.of(making));
    byName.putAll(Senders.of(making));
  }

  /// The provers of an API by the name of the contract's scheme.
  Map<String, Prover> of(Api api) {
    Map<String, Prover> byScheme = new HashMap<>();
    api.security()
        .forEach(
            (scheme, name) -> {
              Prover prover = byName.get(name);
              if (prover != null) {
                byScheme.put(scheme, prover);
              }
            });
    return byScheme;
  }
}
