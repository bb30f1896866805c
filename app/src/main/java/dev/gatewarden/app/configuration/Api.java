package dev.gatewarden.app.configuration;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One API behind the gate: its contract, where callers find it, and where its service runs.
///
/// @param contract the OpenAPI document
/// @param overlay an OpenAPI overlay, for contracts one may not edit: object bindings above all
/// @param refs further documents, outside the contract's folder, that its `$ref`s may lead to
/// @param at where callers find it
/// @param upstream where its service runs
/// @param security who proves each security scheme of the contract: the name of an issuer or a
///     sender
/// @param tenancy how callers of several tenants are kept apart
/// @param versions what callers are promised about versions of the API
/// @param guards tuning of guards for the whole API, by the guard's id
/// @param operations tuning of single operations, by their name
public record Api(
    Location contract,
    @Nullable Location overlay,
    @Default("[]") List<URI> refs,
    At at,
    UpstreamSettings upstream,
    @Default("{}") Map<String, String> security,
    Tenancy tenancy,
    @Nullable Versions versions,
    @Default("{}") Tuning guards,
    @Default("{}") Map<String, OperationSettings> operations) {

  /// Where callers find an API.
  ///
  /// @param host the host they address, without port; any host when absent
  /// @param path what stands before the contract's paths
  public record At(@Nullable String host, @Default("/") String path) {}

  /// How callers of several tenants are kept apart.
  public enum Tenancy {
    /// The token names the tenant.
    TOKEN,
    /// The host names it, and must agree with the token.
    HOST,
    /// The path names it, and must agree with the token.
    PATH,
    /// There is only one.
    SINGLE
  }

  /// Where an API's service runs, and how the gate speaks to it.
  ///
  /// @param to its addresses, `http://` or `https://`; all serve alike
  /// @param deadline the time from forwarding until the response's head is there
  /// @param identity what the service learns of the caller
  /// @param readAs the bearer token with which the gate itself looks objects up
  /// @param protocol what is spoken without TLS; with TLS it is negotiated
  /// @param tls `none` lets plain http leave the private networks; it needs `because`
  /// @param because why plain http may leave the private networks
  public record UpstreamSettings(
      List<URI> to,
      @Default("5s") Duration deadline,
      @Default("signed") Identity identity,
      @Nullable SecretReference readAs,
      @Default("http1") Protocol protocol,
      @Default("verify") UpstreamTls tls,
      @Nullable String because) {}

  /// What the service learns of the caller.
  public enum Identity {
    /// A short-lived token of the gate's own replaces the caller's.
    SIGNED,
    /// The caller's credentials are passed on as they came.
    FORWARD,
    /// Nothing.
    NONE
  }

  /// What is spoken to a service without TLS.
  public enum Protocol {
    HTTP1,
    /// HTTP/2 without negotiation (RFC 9113, section 3.3), as gRPC services speak it.
    H2C
  }

  /// Whether the service proves by its certificate that it is the one.
  public enum UpstreamTls {
    VERIFY,
    NONE
  }

  /// Tuning of one operation.
  ///
  /// @param guards by the guard's id; what is not said here is as the API says
  public record OperationSettings(@Default("{}") Tuning guards) {}
}
