package dev.gatewarden.controls.probes.bopla;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Identity;
import org.jspecify.annotations.Nullable;

/// Whom the words `x-gatewarden-read` and `x-gatewarden-write` of a property let in.
final class Writers {
  private Writers() {}

  /// Whether the owner of an object is not among those whom a word names; where nothing is said,
  /// nothing is forbidden.
  static boolean forbids(@Nullable Node word, Identity owner) {
    if (!(word instanceof Node.Arr grants)) {
      return false;
    }
    for (Node each : grants.items()) {
      String text = Json.scalar(each);
      Grant grant = text == null ? null : Grant.parse(text);
      boolean in =
          switch (grant) {
            case Grant.Owner _, Grant.Tenant _, Grant.Anyone _ -> true;
            case Grant.Role(String name) -> owner.is().roles().contains(name);
            case Grant.Crossing(String role) -> owner.is().crossing().contains(role);
            case null -> false;
          };
      if (in) {
        return false;
      }
    }
    return true;
  }
}
