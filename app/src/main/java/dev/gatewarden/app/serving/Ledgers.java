package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.SecretReference;
import dev.gatewarden.core.identity.Prover;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.ledger.Ledger;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `ledgers` of a configuration, ready to prove callers.
final class Ledgers {
  private final Making making;

  private Ledgers(Making making) {
    this.making = making;
  }

  static Map<String, Prover> of(Making making) {
    Ledgers ledgers = new Ledgers(making);
    Map<String, Prover> byName = new HashMap<>();
    making
        .reading()
        .configuration()
        .ledgers()
        .forEach(
            (name, ledger) -> {
              Pepper pepper = ledgers.pepper(name, ledger.pepper());
              if (pepper != null) {
                Assembly.World world = making.world();
                Ledger.Settings settings =
                    new Ledger.Settings(name, ledger.lifetime(), ledger.idle(), ledger.overlap());
                byName.put(
                    name,
                    new Prover.Issued(
                        new Ledger(
                            settings, pepper, world.sessions(), world.blocks(), world.clock())));
              }
            });
    return byName;
  }

  private @Nullable Pepper pepper(String name, @Nullable SecretReference reference) {
    try {
      return reference == null
          ? making.world().pepper()
          : Pepper.of(making.secrets().read(reference));
    } catch (IOException | IllegalArgumentException wrong) {
      making.wrong(String.valueOf(wrong.getMessage()), "ledgers", name, "pepper");
      return null;
    }
  }
}
