package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.identity.Facet;
import dev.gatewarden.core.identity.Lease;
import dev.gatewarden.core.identity.Proof;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A caller as far as rules can tell callers apart: which schemes it can prove, and what each of
/// its credentials says.
///
/// @param schemes by their names in the contract
/// @param proof what every credential of the caller proves
public record Caller(Set<String> schemes, Proof proof) {
  static final String SELF = "the caller";
  static final String TENANT = "the caller's tenant";

  public Caller {
    schemes = Set.copyOf(schemes);
  }

  /// A caller who stands for all with these scopes and roles.
  ///
  /// @param tenant whether its credentials name one
  /// @param crossing by which of the roles it crosses tenants
  /// @param parts what objects are compared with, so that the caller can own one
  public static Caller standing(
      Set<String> schemes,
      Set<String> scopes,
      Set<String> roles,
      boolean tenant,
      Set<String> crossing,
      Set<PrincipalPart> parts) {
    return new Caller(
        schemes,
        new Proof(
            "model",
            Map.of(Facet.SUBJECT, SELF, Facet.CLIENT, SELF),
            tenant ? TENANT : null,
            scopes,
            roles,
            claims(parts),
            List.of(),
            crossing,
            Lease.UNBOUNDED));
  }

  private static Map<String, Object> claims(Set<PrincipalPart> parts) {
    Map<String, Object> claims = new HashMap<>();
    for (PrincipalPart part : parts) {
      if (part instanceof PrincipalPart.Claim(List<String> pointer) && !pointer.isEmpty()) {
        put(claims, pointer);
      }
    }
    return claims;
  }

  private static void put(Map<String, Object> claims, List<String> pointer) {
    Map<String, Object> at = claims;
    for (String step : pointer.subList(0, pointer.size() - 1)) {
      Map<String, Object> below = new HashMap<>();
      if (at.get(step) instanceof Map<?, ?> known) {
        known.forEach((name, value) -> below.put((String) name, value));
      }
      at.put(step, below);
      at = below;
    }
    at.put(pointer.getLast(), SELF);
  }

  public Set<String> scopes() {
    return proof.scopes();
  }

  public Set<String> roles() {
    return proof.roles();
  }

  /// The roles by which it crosses tenants.
  public Set<String> crossing() {
    return proof.crossing();
  }

  public boolean hasTenant() {
    return proof.tenant() != null;
  }

  /// Whether this caller brings nothing that the other does not bring.
  boolean within(Caller other) {
    return other.schemes.containsAll(schemes)
        && other.scopes().containsAll(scopes())
        && other.roles().containsAll(roles())
        && other.crossing().containsAll(crossing())
        && (other.hasTenant() || !hasTenant());
  }

  /// Those who bring no more than they have to: nobody in the list brings less.
  static List<Caller> least(List<Caller> all) {
    List<Caller> least = new ArrayList<>();
    for (Caller each : all) {
      if (all.stream().noneMatch(other -> other.within(each) && !each.within(other))
          && least.stream().noneMatch(other -> other.within(each))) {
        least.add(each);
      }
    }
    return least;
  }

  /// Those of the least who bring as scopes what they could bring as roles: of a scheme without
  /// scopes the same name does either way.
  static List<Caller> plain(List<Caller> all) {
    List<Caller> least = least(all);
    return least.stream().filter(each -> least.stream().noneMatch(each::restated)).toList();
  }

  private boolean restated(Caller other) {
    Set<String> own = new TreeSet<>(scopes());
    own.addAll(roles());
    Set<String> same = new TreeSet<>(other.scopes());
    same.addAll(other.roles());
    return schemes.equals(other.schemes)
        && crossing().equals(other.crossing())
        && own.equals(same)
        && other.roles().size() < roles().size();
  }

  /// In a few words: `bearerAuth with orders:read, role admin`.
  public String text() {
    if (schemes.isEmpty()) {
      return "anybody, without credential";
    }
    StringBuilder text = new StringBuilder(String.join(" and ", new TreeSet<>(schemes)));
    if (!scopes().isEmpty()) {
      text.append(" with ").append(String.join(" ", new TreeSet<>(scopes())));
    }
    if (!roles().isEmpty()) {
      text.append(", role ").append(String.join(" and ", new TreeSet<>(roles())));
    }
    if (!crossing().isEmpty()) {
      text.append(" across tenants");
    }
    return text.toString();
  }
}
