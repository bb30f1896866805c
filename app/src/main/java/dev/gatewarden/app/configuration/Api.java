package dev.gatewarden.app.configuration;

import dev.gatewarden.core.contract.Priority;
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
/// @param decideBy the decision points that must permit, beside what the contract asks for: `cedar`
///     for the `policies` of this file, and names of those below `decision-points`; `cedar` where
///     there are policies and nothing is said
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
    @Nullable @OneOrMany List<String> decideBy,
    @Default("{}") Tuning guards,
    @Default("{}") Map<String, OperationSettings> operations) {

  /// Where callers find an API.
  ///
  /// @param host the host they address, without port; any host when absent
  /// @param path what stands before the contract's paths
  public record At(@Nullable String host, @Default("/") String path) {}

  /// How callers of several tenants are kept apart.
  public enum Tenancy {
    /// The credential names the tenant; objects, or what the request names, must agree with it.
    TOKEN,
    /// The host names it, and must agree with the token.
    HOST,
    /// The path names it, and must agree with the token.
    PATH,
    /// A header names it, and must agree with the token.
    HEADER,
    /// The client certificate says whose the caller is.
    CERTIFICATE,
    /// There is only one.
    SINGLE
  }

  /// Where an API's service runs, and how the gate speaks to it.
  ///
  /// @param to its addresses, `http://` or `https://`; all serve alike
  /// @param deadline the time from forwarding until the response's head is there
  /// @param whole the time from the request until the last byte of its answer; without bound when
  ///     absent. A caller's `grpc-timeout` shortens both, and is forwarded as what is left of it
  /// @param atOnce how many requests may be there at the same time
  /// @param breaker when nobody is let through, because the service fails anyway
  /// @param retry what is tried again
  /// @param ejection when one of several addresses is left out
  /// @param health how the addresses are asked whether they are well; they are not when absent
  /// @param identity what the service learns of the caller
  /// @param strip header fields of callers that end at the gate, beside those that always do
  /// @param readAs how the gate itself looks objects up: the reference of a bearer token, or client
  ///     credentials
  /// @param protocol what is spoken without TLS; with TLS it is negotiated
  /// @param tls `none` lets plain http leave the private networks; it needs `because`
  /// @param because why plain http may leave the private networks
  public record UpstreamSettings(
      List<URI> to,
      @Default("5s") Duration deadline,
      @Nullable Duration whole,
      @Default("{}") Sparing.AtOnce atOnce,
      @Default("{}") Sparing.Breaker breaker,
      @Default("{}") Sparing.Retry retry,
      @Default("{}") Sparing.Ejection ejection,
      Sparing.@Nullable Health health,
      @Default("signed") Identity identity,
      @Default("[]") List<String> strip,
      @Nullable ReadAs readAs,
      @Default("http1") Protocol protocol,
      @Default("verify") UpstreamTls tls,
      @Nullable String because) {}

  /// What the service learns of the caller: `signed`, a short-lived token of the gate's own in
  /// place
  /// of the caller's credentials; `forward`, the credentials as they came; `none`, nothing; or a
  /// token for this service alone, for which an issuer exchanges the caller's (RFC 8693).
  ///
  /// @param exchange the issuer: the name of one below `issuers`
  /// @param audience whom the token is for, as the issuer knows the service
  /// @param resource the service's address, where the issuer wants that (RFC 8707)
  /// @param scopes what the token may be used for; what the issuer gives when empty
  /// @param client by which client the gate exchanges
  /// @param url the issuer's token endpoint; found through its metadata when absent
  /// @param deadline the longest time for one exchange
  /// @param actors how many may act for the caller, the gate included
  /// @param acting whether the gate names itself as who acts for the caller
  /// @param others what goes to the service for callers who were proved by something else than a
  ///     token of the issuer: with `refused` an API that lets such callers in does not load; `own`
  ///     is
  ///     a token of the gate's own, which names no caller
  @Word({"signed", "forward", "none"})
  public record Identity(
      String exchange,
      @Nullable String audience,
      @Nullable URI resource,
      @Default("[]") List<String> scopes,
      @Nullable OauthClient client,
      @Nullable URI url,
      @Default("2s") Duration deadline,
      @Default("4") int actors,
      @Default("false") boolean acting,
      @Default("refused") Others others) {
    public static final Identity SIGNED = word("signed");
    public static final Identity FORWARD = word("forward");
    public static final Identity NONE = word("none");

    private static Identity word(String word) {
      return new Identity(
          word, null, null, List.of(), null, null, Duration.ZERO, 0, false, Others.REFUSED);
    }

    /// Whether tokens are exchanged, and no word says otherwise.
    public boolean exchanges() {
      return client != null;
    }
  }

  /// What goes to a service for callers who have no token to exchange.
  public enum Others {
    /// There are none.
    REFUSED,
    /// A token of the gate's own, for the same audience.
    OWN
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
  /// @param priority how long it goes on being served while there is too much to do; what the
  ///     contract says (`x-gatewarden-priority`), or `normal`, where it is not said
  /// @param upstream how long the service may take
  public record OperationSettings(
      @Default("{}") Tuning guards,
      @Nullable Priority priority,
      Sparing.@Nullable Timing upstream) {}
}
