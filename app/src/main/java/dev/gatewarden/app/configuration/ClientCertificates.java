package dev.gatewarden.app.configuration;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whose client certificates prove a scheme of `type: mutualTLS`.
///
/// @param trust files with the certificates of the issuers that are trusted here and nowhere else,
///     PEM; read again when they change
/// @param crls files with revocation lists, PEM or DER; where there are any, every certificate
///     below
///     the bundle needs one of its issuer's; read again when they change
/// @param crlGrace how long a revocation list still counts once a newer one is due
/// @param subject which name in a certificate says who calls
/// @param trustDomain whose workloads are meant, for `subject: spiffe`
/// @param known what is known of callers, by their names; where any is known, no other is accepted
public record ClientCertificates(
    @OneOrMany List<Location> trust,
    @OneOrMany @Default("[]") List<Location> crls,
    @Default("0s") Duration crlGrace,
    Naming subject,
    @Nullable String trustDomain,
    @Default("{}") Map<String, Known> known) {

  /// Which name in a certificate says who calls; several of the kind are refused.
  public enum Naming {
    /// The one URI among the alternative names: a client.
    SAN_URI,
    /// The one DNS name among them: a client.
    SAN_DNS,
    /// The one mail address among them: a person.
    SAN_EMAIL,
    /// The distinguished name as a whole, `CN=shop,O=Partner` (RFC 2253): a client.
    SUBJECT,
    /// The SPIFFE id, `spiffe://trust.domain/path`: a workload.
    SPIFFE
  }

  /// What is known of a caller.
  ///
  /// @param client the name it goes by here, where tokens and keys name the same client
  /// @param tenant whose it is
  /// @param roles what it may be
  /// @param scopes what it was granted
  public record Known(
      @Nullable String client,
      @Nullable String tenant,
      @Default("[]") List<String> roles,
      @Default("[]") List<String> scopes) {}
}
