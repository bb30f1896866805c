package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.document.Node;
import java.util.Collection;

/// A body with only what has to be in it.
final class Bare {
  private Bare() {}

  /// @param kept places whose values are told by themselves; what stands around them stays
  static Node of(Root root, Node whole, Collection<String> kept) {
    Node here = whole;
    for (Site site : Site.of(root.judge(), root.schema(), whole, true).reversed()) {
      String at = "body" + Pointers.of(site.path());
      boolean free =
          !site.required()
              && site.value() != null
              && !site.path().isEmpty()
              && site.path().stream().noneMatch(step -> step.matches("\\d+"))
              && kept.stream().noneMatch(each -> Pointers.covers(at, each));
      Node less = free ? Pointers.changed(here, site.path(), null) : null;
      if (less != null && root.judge().takes(root.schema(), less)) {
        here = less;
      }
    }
    return here;
  }
}
