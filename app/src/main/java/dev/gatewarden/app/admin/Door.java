package dev.gatewarden.app.admin;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.identity.Secret;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Who may use the admin port, by what they bring.
@FunctionalInterface
public interface Door {

  /// The name of the operator whom a bearer token lets in; null where it lets in nobody. May wait.
  ///
  /// @param source the address it comes from
  @Nullable String operator(String bearer, Ip source);

  /// Opened by one token that does not change; whoever has it is called `token`.
  static Door of(Secret token) {
    return (bearer, _) -> token.matches(bearer.getBytes(StandardCharsets.UTF_8)) ? "token" : null;
  }

  /// Opened by what opens one of two.
  default Door or(Door other) {
    return (bearer, source) -> {
      String mine = operator(bearer, source);
      return mine == null ? other.operator(bearer, source) : mine;
    };
  }
}
