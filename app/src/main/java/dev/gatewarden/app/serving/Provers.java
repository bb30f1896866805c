package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.gateway.walk.OwnRoute;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Who proves what callers bring: everybody whom a configuration names for it, ready to be asked.
final class Provers {
  private final Map<String, Prover> byName = new HashMap<>();
  private final Map<String, List<OwnRoute>> own;

  Provers(Making making) {
    own = making.own();
    byName.putAll(Issuers.of(making));
    byName.putAll(Senders.of(making));
    byName.putAll(Rings.of(making));
    byName.putAll(Certificates.of(making));
    byName.putAll(Ledgers.of(making));
    byName.putAll(BrowserSessions.of(making, byName));
  }

  /// What the gate answers by itself at an API's host, because its provers need that.
  List<OwnRoute> own(Api api) {
    Set<OwnRoute> routes = new LinkedHashSet<>();
    for (String name : new TreeSet<>(api.security().values())) {
      routes.addAll(own.getOrDefault(name, List.of()));
    }
    return List.copyOf(routes);
  }

  /// The prover of a name, or null where it could not be made.
  @Nullable Prover named(String name) {
    return byName.get(name);
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
