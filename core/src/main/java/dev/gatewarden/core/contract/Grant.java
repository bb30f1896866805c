package dev.gatewarden.core.contract;

/// One kind of caller that may touch an object.
public sealed interface Grant {

  /// `owner`: who owns the object, within the tenant.
  record Owner() implements Grant {}

  /// `tenant`: anybody of the object's tenant.
  record Tenant() implements Grant {}

  /// `anyone`.
  record Anyone() implements Grant {}

  /// `role:support`: within the tenant, where the type has one.
  record Role(String name) implements Grant {}
}
