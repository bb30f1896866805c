package dev.gatewarden.app.admin;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.Secret;
import java.nio.charset.StandardCharsets;

/// Who may use the admin port, by what they bring.
@FunctionalInterface
public interface Door {

  /// Whether a bearer token opens it. May wait.
  ///
  /// @param source the address it comes from
  boolean opens(String bearer, Ip source);

  /// Opened by one token that does not change.
  static Door of(Secret token) {
    return (bearer, _) -> token.matches(bearer.getBytes(StandardCharsets.UTF_8));
  }

  /// Opened by what opens one of two.
  default Door or(Door other) {
    return (bearer, source) -> opens(bearer, source) || other.opens(bearer, source);
  }
}
