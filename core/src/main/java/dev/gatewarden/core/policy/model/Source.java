package dev.gatewarden.core.policy.model;

import java.util.Locale;

/// From where it is known whose an object is.
public enum Source {
  /// The id says it.
  ID,
  /// The gate learned it.
  RELATION,
  /// The service's answer says it.
  RESPONSE,
  /// The service is asked beforehand.
  LOOK_UP,
  /// The request is held to name the caller as the owner.
  FILTER,
  /// Nothing has to be known: the object is only made now, or anybody may.
  NEEDLESS,
  /// Nobody can tell.
  NOBODY;

  /// As people read it: `look-up`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
