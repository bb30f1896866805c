package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.List;

/// Where a request names its tenant, and what of the caller it must equal.
///
/// @param from where it must be named
/// @param also where it may be named as well, and then must say the same: a service might read it
///     there
public record TenantRule(Selector from, List<Selector> also, PrincipalPart is, Place place) {
  public TenantRule {
    also = List.copyOf(also);
  }

  /// As users write it.
  public String places() {
    StringBuilder text = new StringBuilder(from.text());
    also.forEach(each -> text.append(", ").append(each.text()));
    return text.toString();
  }
}
