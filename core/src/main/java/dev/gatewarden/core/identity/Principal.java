package dev.gatewarden.core.identity;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who the caller is proved to be.
///
/// @param issuer who vouches for the subject: the name of an issuer or sender in the configuration;
///     empty for nobody
/// @param subject the stable name of the user or workload within its issuer; empty for nobody
/// @param tenant the tenant the proof names, or null
/// @param client the client (application) that calls, or null
/// @param scopes what the client was granted
/// @param roles what the user may be
/// @param claims the proved statements, as plain JSON values
/// @param actors who acts for the subject, the nearest first (RFC 8693, `act`)
/// @param crossing the roles by which the configuration lets the subject cross tenants; of `roles`
public record Principal(
    String issuer,
    String subject,
    @Nullable String tenant,
    @Nullable String client,
    Set<String> scopes,
    Set<String> roles,
    Map<String, Object> claims,
    List<String> actors,
    Set<String> crossing,
    String key) {

  /// The caller who proved nothing.
  public static final Principal NOBODY =
      new Principal("", "", null, null, Set.of(), Set.of(), Map.of(), List.of());

  public Principal {
    Objects.requireNonNull(issuer);
    scopes = Set.copyOf(scopes);
    roles = Set.copyOf(roles);
    claims = Map.copyOf(claims);
    actors = List.copyOf(actors);
    crossing = Set.copyOf(crossing);
  }

  public Principal(
      String issuer,
      String subject,
      @Nullable String tenant,
      @Nullable String client,
      Set<String> scopes,
      Set<String> roles,
      Map<String, Object> claims,
      List<String> actors,
      Set<String> crossing) {
    this(
        issuer,
        subject,
        tenant,
        client,
        scopes,
        roles,
        claims,
        actors,
        crossing,
        issuer + "|" + subject);
  }

  /// A caller who crosses no tenant.

  public Principal(
      String issuer,
      String subject,
      @Nullable String tenant,
      @Nullable String client,
      Set<String> scopes,
      Set<String> roles,
      Map<String, Object> claims,
      List<String> actors) {
    this(issuer, subject, tenant, client, scopes, roles, claims, actors, Set.of());
  }

  /// Whether one of some roles lets the caller cross tenants.
  public boolean crossesBy(List<String> some) {
    for (int i = 0; i < some.size(); i++) {
      if (crossing.contains(some.get(i))) {
        return true;
      }
    }
    return false;
  }

  /// Whether this is the caller who proved nothing.
  public boolean isNobody() {
    return issuer.isEmpty();
  }
}
