package dev.gatewarden.app.configuration;

import dev.gatewarden.core.limit.Size;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The port on which services ask what callers may do (AuthZEN 1.0), and which services may.
///
/// @param port 0 takes any free one
/// @param bind the address to listen on; beyond loopback only with `tls`
/// @param tls the certificate that services see
/// @param url by which services know the gate; the address it listens on where it is not said
/// @param body the most bytes of one call
/// @param evaluations the most evaluations in one call, and the most results on one page of a
///     search
/// @param deadline after which no further evaluation of a call is begun
/// @param askers who may ask, by a name of your own; nobody else may
public record DecisionPort(
    @Default("8082") int port,
    @Default("127.0.0.1") String bind,
    Listen.@Nullable Tls tls,
    @Nullable URI url,
    @Default("256KiB") Size body,
    @Default("100") int evaluations,
    @Default("2s") Duration deadline,
    Map<String, Service> askers) {

  /// Whether services have to come with TLS.
  public boolean encrypted() {
    return tls != null && tls.certificate() != null;
  }

  /// A service that may ask.
  ///
  /// @param by who proves it: an issuer, a bundle of `certificates`, or a ring of `api-keys`
  /// @param named what its proof calls it: the token's subject, the certificate's name, the key's
  ///     name
  /// @param apis the APIs it may ask about
  /// @param states what it is believed without a proof; nothing where it is not said
  public record Service(
      String by, String named, @OneOrMany List<String> apis, @Default("{}") States states) {}

  /// What a service is believed without a proof.
  ///
  /// @param issuer whose subjects it may name without their token; none where it is not said
  /// @param tenants the tenants it may say such a subject belongs to
  /// @param roles the roles it may say such a subject has
  /// @param scopes the scopes it may say such a subject's client was granted
  /// @param objects whether it may say whose an object is, of types whose owner the service's
  ///     answers tell; for the service behind the API, whose answers the gate believes anyhow
  /// @param source whether it may say from which address a subject calls
  public record States(
      @Nullable String issuer,
      @OneOrMany @Default("[]") List<String> tenants,
      @OneOrMany @Default("[]") List<String> roles,
      @OneOrMany @Default("[]") List<String> scopes,
      @Default("false") boolean objects,
      @Default("false") boolean source) {}
}
