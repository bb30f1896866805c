package dev.gatewarden.core.policy.model;

import java.util.Locale;

/// What an object is to a caller.
public enum Whose {
  /// The caller owns it, within the tenant.
  OWN,
  /// Somebody else's of the same tenant.
  SAME_TENANT,
  /// Of another tenant.
  OTHER_TENANT,
  /// There is none with that id.
  ABSENT;

  /// As people read it: `other tenant`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
