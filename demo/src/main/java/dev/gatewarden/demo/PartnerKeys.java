package dev.gatewarden.demo;

import dev.gatewarden.app.serving.StateFolder;
import dev.gatewarden.core.identity.ApiKey;
import dev.gatewarden.demo.attack.Keys;
import dev.gatewarden.gateway.keys.KeyStore;
import dev.gatewarden.gateway.keys.Pepper;
import dev.gatewarden.gateway.state.FileSnapshots;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// The keys of the demonstration's partners, issued as `gatewarden keys issue` does; those of the
/// time before are taken back.
final class PartnerKeys {
  private static final String RING = "partners";
  private static final String STOCK = "shop.listStock";
  private static final Duration LIFE = Duration.ofDays(60);

  private final KeyStore store;
  private final Pepper pepper;
  private final Clock clock;

  private PartnerKeys(Path state, Clock clock) throws IOException {
    this.store = new KeyStore(new FileSnapshots(StateFolder.snapshots(state), clock), clock);
    this.pepper = Pepper.keptIn(StateFolder.pepper(state));
    this.clock = clock;
  }

  static Keys issued(Path state, Clock clock) throws IOException {
    PartnerKeys keys = new PartnerKeys(state, clock);
    keys.takeBack();
    String ended = keys.issue("warehouse-that-left", STOCK);
    keys.takeBack();
    return new Keys(
        keys.issue("warehouse", STOCK), ended, keys.issue("auditor", "shop.listOrders"));
  }

  private void takeBack() throws IOException {
    for (KeyStore.Listed each : store.list()) {
      ApiKey key = each.key();
      if (key.state() == ApiKey.State.ACTIVE) {
        var unused = store.revoke(key.id());
      }
    }
  }

  private String issue(String name, String operation) throws IOException {
    ApiKey like =
        new ApiKey(
            "new",
            RING,
            "live",
            name,
            "team-shop",
            List.of(operation),
            Set.of(),
            Set.of(),
            "north",
            clock.instant(),
            clock.instant(),
            ApiKey.State.ACTIVE,
            null,
            null);
    return store.issue(new KeyStore.Wish(like, LIFE), pepper).text().text();
  }
}
