package dev.gatewarden.core.policy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where tenants read their clocks.
///
/// @param usual for callers without a tenant, and for tenants that are not named
public record Zones(ZoneId usual, Map<String, ZoneId> byTenant) {
  /// Everybody in UTC.
  public static final Zones UTC = new Zones(ZoneOffset.UTC, Map.of());

  public Zones {
    byTenant = Map.copyOf(byTenant);
  }

  /// The zone of a tenant.
  public ZoneId of(@Nullable String tenant) {
    return tenant == null ? usual : byTenant.getOrDefault(tenant, usual);
  }
}
