package dev.gatewarden.gateway.identity.certificate;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose client certificates prove a scheme, and what they prove.
///
/// @param name the name in the configuration, `partners`
/// @param trust files with the certificates of issuers, PEM
/// @param crls files with revocation lists, PEM or DER; where there are any, every certificate
///     below
///     the bundle needs one
/// @param grace how long a revocation list still counts after its time
/// @param naming which name of a certificate says who calls
/// @param trustDomain whose workloads are meant, where names are SPIFFE ids; else null
/// @param known what is known of callers by their names; empty where every name is taken
public record CertificateSettings(
    String name,
    List<Path> trust,
    List<Path> crls,
    Duration grace,
    Naming naming,
    @Nullable String trustDomain,
    Map<String, Known> known) {

  public CertificateSettings {
    trust = List.copyOf(trust);
    crls = List.copyOf(crls);
    known = Map.copyOf(known);
  }

  /// Which name of a certificate says who calls. The common name never does by itself.
  public enum Naming {
    /// The one URI among the alternative names.
    SAN_URI,
    /// The one DNS name among them.
    SAN_DNS,
    /// The one mail address among them: a person.
    SAN_EMAIL,
    /// The distinguished name as a whole (RFC 2253).
    SUBJECT,
    /// The SPIFFE id: the only URI among the alternative names.
    SPIFFE
  }

  /// What is known of a caller.
  ///
  /// @param client the name it goes by here, or null for the one in its certificate
  /// @param tenant whose it is, or null
  public record Known(
      @Nullable String client, @Nullable String tenant, Set<String> roles, Set<String> scopes) {
    public Known {
      roles = Set.copyOf(roles);
      scopes = Set.copyOf(scopes);
    }
  }
}
