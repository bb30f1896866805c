package dev.gatewarden.core.contract;

import org.jspecify.annotations.Nullable;

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

  /// `role:support@any-tenant`: in every tenant, for whom the configuration lets cross by that
  /// role.
  record Crossing(String role) implements Grant {}

  /// What stands behind a role that crosses tenants.
  String ANY_TENANT = "@any-tenant";

  /// The grant that a word means, or null when it means none.
  static @Nullable Grant parse(String word) {
    return switch (word) {
      case "owner" -> new Owner();
      case "tenant" -> new Tenant();
      case "anyone" -> new Anyone();
      default -> word.startsWith("role:") ? role(word.substring(5)) : null;
    };
  }

  private static @Nullable Grant role(String name) {
    if (!name.endsWith(ANY_TENANT)) {
      return name.isEmpty() ? null : new Role(name);
    }
    String role = name.substring(0, name.length() - ANY_TENANT.length());
    return role.isEmpty() ? null : new Crossing(role);
  }

  /// As users write it.
  default String text() {
    return switch (this) {
      case Owner() -> "owner";
      case Tenant() -> "tenant";
      case Anyone() -> "anyone";
      case Role(String name) -> "role:" + name;
      case Crossing(String role) -> "role:" + role + ANY_TENANT;
    };
  }
}
