package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.List;

/// Where a request names its tenant, and what of the caller it must equal.
///
/// @param from where it must be named
/// @param also where it may be named as well, and then must say the same: a service might read it
///     there
/// @param crossedBy roles of which one lets a caller name another tenant, where the configuration
///     lets them cross by it
public record TenantRule(
    Selector from, List<Selector> also, PrincipalPart is, List<String> crossedBy, Place place) {
  public TenantRule {
    also = List.copyOf(also);
    crossedBy = List.copyOf(crossedBy);
  }

  /// A rule that nobody crosses.
  public TenantRule(Selector from, List<Selector> also, PrincipalPart is, Place place) {
    this(from, also, is, List.of(), place);
  }

  /// As users write it.
  public String places() {
    StringBuilder text = new StringBuilder(from.text());
    also.forEach(each -> text.append(", ").append(each.text()));
    return text.toString();
  }
}
