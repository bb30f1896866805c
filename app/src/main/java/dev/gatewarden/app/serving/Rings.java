package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.core.identity.Secret;
import dev.gatewarden.gateway.keys.KeyRings;
import dev.gatewarden.gateway.keys.Pepper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `api-keys` of a configuration, ready to prove clients.
final class Rings {
  private final Making making;

  private Rings(Making making) {
    this.making = making;
  }

  static Map<String, Prover> of(Making making) {
    Rings rings = new Rings(making);
    Map<String, Prover> byName = new HashMap<>();
    making
        .reading()
        .configuration()
        .apiKeys()
        .forEach(
            (name, ring) -> {
              Pepper pepper = rings.pepper(name, ring.pepper());
              if (pepper != null) {
                KeyRings.Ring settings =
                    new KeyRings.Ring(name, ring.environment(), ring.rotate(), pepper);
                byName.put(name, new Prover.Keys(making.world().keys(settings)));
              }
            });
    return byName;
  }

  private @Nullable Pepper pepper(String name, @Nullable SecretReference reference) {
    try {
      if (reference == null) {
        return making.world().pepper();
      }
      Secret secret = making.secrets().read(reference);
      return Pepper.of(secret);
    } catch (IOException | IllegalArgumentException wrong) {
      making.wrong(String.valueOf(wrong.getMessage()), "api-keys", name, "pepper");
      return null;
    }
  }
}
