package dev.gatewarden.app.configuration;

import java.util.Map;

/// Where tenants read their clocks, for policies that ask for the time of day.
///
/// @param usual the zone of callers without a tenant, and of tenants not named
/// @param tenants the zone of each tenant that has another
public record TenantZones(@Default("UTC") Zone usual, @Default("{}") Map<String, Zone> tenants) {}
