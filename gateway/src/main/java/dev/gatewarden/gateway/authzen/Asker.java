package dev.gatewarden.gateway.authzen;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service that may ask, as the operator named it.
///
/// @param by who proves it: the name of an issuer, a bundle of certificates or a ring of keys
/// @param named what its proof calls it
/// @param apis the APIs it may ask about
public record Asker(String name, String by, String named, Set<String> apis, States states) {
  public Asker {
    apis = Set.copyOf(apis);
  }

  /// What a service is believed without a proof.
  ///
  /// @param issuer whose subjects it may name without their token; null where it may name none
  /// @param tenants the tenants it may say such a subject belongs to
  /// @param roles the roles it may say such a subject has
  /// @param scopes the scopes it may say such a subject's client was granted
  /// @param objects whether it may say whose an object is, where the contract lets the service's
  ///     answer say so
  /// @param source whether it may say from which address a subject calls
  public record States(
      @Nullable String issuer,
      Set<String> tenants,
      Set<String> roles,
      Set<String> scopes,
      boolean objects,
      boolean source) {
    /// Nothing.
    public static final States NOTHING =
        new States(null, Set.of(), Set.of(), Set.of(), false, false);

    public States {
      tenants = Set.copyOf(tenants);
      roles = Set.copyOf(roles);
      scopes = Set.copyOf(scopes);
    }
  }
}
