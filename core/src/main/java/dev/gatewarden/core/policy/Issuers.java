package dev.gatewarden.core.policy;

import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Relations.Relation;
import java.util.Map;
import java.util.Set;

/// Who vouches for the names of the callers of one API, where owners are told apart by more than
/// their names: `alice` of one issuer is nobody to the other.
///
/// @param several whether more than one names callers, so that two people may have one name
/// @param divided whether each speaks for tenants of its own, so that a tenant tells namesakes
///     apart
/// @param same by issuer: the one under which the same people are known, where two sections of the
///     configuration stand for one provider
/// @param names all that name callers, by the names they are kept under
public record Issuers(
    boolean several, boolean divided, Map<String, String> same, Set<String> names) {
  /// One issuer names everybody.
  public static final Issuers ONE = new Issuers(false, false, Map.of(), Set.of());

  public Issuers {
    same = Map.copyOf(same);
    names = Set.copyOf(names);
  }

  /// Whether it takes the issuer to know whose a relation is.
  public boolean tell(Relation relation) {
    return several && relation.owner() != null && !(divided && relation.tenant() != null);
  }

  /// A relation whose owner a caller names, as it is kept.
  public Relation kept(Relation relation, Principal caller) {
    return relation.by(tell(relation) ? of(caller.issuer()) : null);
  }

  /// Whether the owner can be a caller of that name. One that is kept without issuer is nobody,
  /// where several could be meant.
  public boolean canBe(Relation relation, Principal caller) {
    String issuer = relation.issuer();
    return issuer == null ? !tell(relation) : issuer.equals(of(caller.issuer()));
  }

  /// The name under which an issuer is kept.
  public String of(String issuer) {
    return same.getOrDefault(issuer, issuer);
  }
}
