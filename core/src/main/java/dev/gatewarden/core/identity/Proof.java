package dev.gatewarden.core.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one credential proved: facets of the caller, and what comes with them.
///
/// @param issuer who vouches: the name of an issuer or sender in the configuration
/// @param facets who the caller is, side by side; never empty
/// @param tenant the tenant the credential names, or null
/// @param claims the proved statements, as plain JSON values
/// @param crossing the roles by which the configuration lets the subject cross tenants; only an
///     issuer of which it says so vouches for any
/// @param lease how long the proof holds
/// @param alone the Principal of this proof by itself, made once so that a cached proof costs
///     nothing
public record Proof(
    String issuer,
    Map<Facet, String> facets,
    @Nullable String tenant,
    Set<String> scopes,
    Set<String> roles,
    Map<String, Object> claims,
    List<String> actors,
    Set<String> crossing,
    Lease lease,
    Principal alone) {

  public Proof {
    if (facets.isEmpty()) {
      throw new IllegalArgumentException("a proof names at least one facet");
    }
    facets = Map.copyOf(facets);
  }

  /// A proof that lets nobody cross tenants.
  public Proof(
      String issuer,
      Map<Facet, String> facets,
      @Nullable String tenant,
      Set<String> scopes,
      Set<String> roles,
      Map<String, Object> claims,
      List<String> actors,
      Lease lease) {
    this(issuer, facets, tenant, scopes, roles, claims, actors, Set.of(), lease);
  }

  public Proof(
      String issuer,
      Map<Facet, String> facets,
      @Nullable String tenant,
      Set<String> scopes,
      Set<String> roles,
      Map<String, Object> claims,
      List<String> actors,
      Set<String> crossing,
      Lease lease) {
    this(
        issuer,
        facets,
        tenant,
        scopes,
        roles,
        claims,
        actors,
        crossing,
        lease,
        new Principal(
            issuer,
            subjectOf(facets),
            tenant,
            facets.get(Facet.CLIENT),
            scopes,
            roles,
            claims,
            actors,
            crossing));
  }

  /// The same proof for as long as another lease holds.
  public Proof lasting(Lease other) {
    return new Proof(issuer, facets, tenant, scopes, roles, claims, actors, crossing, other, alone);
  }

  /// A proof of one facet and nothing else: a webhook's sender, a workload's certificate.
  public static Proof of(String issuer, Facet facet, String value, Lease lease) {
    return new Proof(
        issuer, Map.of(facet, value), null, Set.of(), Set.of(), Map.of(), List.of(), lease);
  }

  /// The name a Principal goes by: the subject, else the workload, the sender, the client, the key.
  static String subjectOf(Map<Facet, String> facets) {
    for (Facet facet : NAMING) {
      String value = facets.get(facet);
      if (value != null) {
        return value;
      }
    }
    throw new IllegalArgumentException("a proof names at least one facet");
  }

  private static final List<Facet> NAMING =
      List.of(Facet.SUBJECT, Facet.WORKLOAD, Facet.SENDER, Facet.CLIENT, Facet.PROOF_KEY);
}
