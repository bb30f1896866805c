package dev.gatewarden.app.serving;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.Tuning;
import dev.gatewarden.controls.guards.limit.DistinctObjectsGuard;

/// Whether an API counts the objects that its callers name, for which their ids are digested.
final class DistinctObjects {
  private DistinctObjects() {}

  static boolean counted(Api api) {
    return counted(api.guards())
        || api.operations().values().stream().anyMatch(each -> counted(each.guards()));
  }

  private static boolean counted(Tuning tuning) {
    return tuning.of(DistinctObjectsGuard.ENTRY.id()) instanceof DistinctObjectsGuard.Config config
        && config.within().isPresent();
  }
}
