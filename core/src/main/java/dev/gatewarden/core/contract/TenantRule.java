package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;

/// Where a request names its tenant, and what of the caller it must equal.
public record TenantRule(Selector from, PrincipalPart is, Place place) {}
