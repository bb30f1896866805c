package dev.gatewarden.app.configuration;

import dev.gatewarden.controls.Catalog;
import dev.gatewarden.controls.guards.GuardEntry;
import java.util.Map;
import java.util.TreeMap;

/// The guards of the Catalog, as the configuration sees them.
public final class TunableGuards {
  private TunableGuards() {}

  /// Each guard's configuration where nobody says anything, by the guard's id.
  public static Map<String, Record> all() {
    Map<String, Record> all = new TreeMap<>();
    for (GuardEntry<?> entry : Catalog.GUARDS) {
      all.put(entry.id(), entry.defaults());
    }
    return all;
  }
}
