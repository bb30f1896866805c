package dev.gatewarden.core.policy;

import dev.gatewarden.core.contract.Grant;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whose an object is: what is known of it held against who is calling.
///
/// Only what is known and equal grants anything. What is missing, null, there twice or of an odd
/// type grants nothing.
public final class Ownership {
  private Ownership() {}

  /// What a caller is to an object.
  public enum Standing {
    /// One of the grants holds.
    GRANTED,
    /// It is known to be somebody else's.
    FOREIGN,
    /// Nobody can tell whose it is.
    UNKNOWN
  }

  /// What the caller is to an object, by the grants that hold for it.
  public static Standing judge(
      ObjectType type, List<Grant> grants, ObjectFacts facts, Principal caller) {
    Standing worst = Standing.FOREIGN;
    for (int i = 0; i < grants.size(); i++) {
      Standing standing = standing(type, grants.get(i), facts, caller);
      if (standing == Standing.GRANTED) {
        return standing;
      }
      worst = standing == Standing.UNKNOWN ? standing : worst;
    }
    return worst;
  }

  /// What the caller would be to an object of their own.
  public static Standing judgeOwn(ObjectType type, List<Grant> grants, Principal caller) {
    ObjectFacts facts =
        new ObjectFacts(
            Fact.MISSING, own(type.owner(), caller), own(type.tenant(), caller), Map.of(), 0, 0);
    return judge(type, grants, facts, caller);
  }

  private static Fact own(ObjectType.@Nullable Fact fact, Principal caller) {
    return fact(fact == null ? null : part(fact.is(), caller));
  }

  /// Whether every object there is may be touched: by anyone, by a role of the caller's where the
  /// type has no tenant, or by one that crosses tenants.
  public static boolean everything(ObjectType type, List<Grant> grants, Principal caller) {
    for (int i = 0; i < grants.size(); i++) {
      Grant grant = grants.get(i);
      if (grant instanceof Grant.Anyone
          || (grant instanceof Grant.Crossing(String role) && caller.crossing().contains(role))
          || (grant instanceof Grant.Role(String name)
              && type.tenant() == null
              && caller.roles().contains(name))) {
        return true;
      }
    }
    return false;
  }

  /// Whether a grant lets anybody in, whoever owns the object.
  public static boolean open(List<Grant> grants) {
    for (int i = 0; i < grants.size(); i++) {
      if (grants.get(i) instanceof Grant.Anyone) {
        return true;
      }
    }
    return false;
  }

  /// Whether an object lies below the parents that the request names; a parent that is not known is
  /// none.
  public static boolean below(Map<String, String> within, ObjectFacts facts) {
    for (Map.Entry<String, String> parent : within.entrySet()) {
      Fact fact = facts.parents().get(parent.getKey());
      if (!(fact instanceof Fact.Known(String id)) || !id.equals(parent.getValue())) {
        return false;
      }
    }
    return true;
  }

  /// What an id alone says of its object: where the owner (and the tenant, if there is one) is the
  /// id itself.
  public static Optional<ObjectFacts> byId(ObjectType type, String id) {
    ObjectType.Fact tenant = type.tenant();
    boolean owned = type.ownedById();
    if (!owned || (tenant != null && !type.id().at().equals(tenant.at()))) {
      return Optional.empty();
    }
    Fact fact = Fact.of(id);
    return Optional.of(
        new ObjectFacts(fact, fact, tenant == null ? Fact.MISSING : fact, Map.of(), 0, 0));
  }

  /// What the gate has learned of an object, as facts to a caller.
  public static ObjectFacts byRelation(
      String id, Relations.Relation relation, Issuers issuers, Principal caller) {
    Map<String, Fact> parents = new java.util.HashMap<>();
    relation.parents().forEach((type, parent) -> parents.put(type, Fact.of(parent)));
    return new ObjectFacts(
        Fact.of(id),
        fact(relation.owner()),
        fact(relation.tenant()),
        parents,
        0,
        0,
        0,
        !issuers.canBe(relation, caller));
  }

  /// What is shown of an object, and what the gate has learned where nothing shows it.
  public static ObjectFacts completed(ObjectType type, ObjectFacts shown, ObjectFacts learned) {
    Map<String, Fact> parents = new java.util.HashMap<>(learned.parents());
    shown
        .parents()
        .forEach(
            (parent, fact) -> {
              if (fact != Fact.MISSING) {
                parents.put(parent, fact);
              }
            });
    return new ObjectFacts(
        shown.id(),
        completed(type.owner(), shown.owner(), learned.owner()),
        completed(type.tenant(), shown.tenant(), learned.tenant()),
        parents,
        shown.nameFrom(),
        shown.from(),
        shown.to(),
        learned.namesake());
  }

  private static Fact completed(ObjectType.@Nullable Fact stated, Fact shown, Fact learned) {
    boolean hidden = stated != null && stated.at() == null;
    return hidden || shown == Fact.MISSING ? learned : shown;
  }

  /// A part of who is calling, as text; null where it was not proved or is empty.
  public static @Nullable String part(PrincipalPart part, Principal caller) {
    String text =
        switch (part) {
          case PrincipalPart.Subject() -> caller.subject();
          case PrincipalPart.Tenant() -> caller.tenant();
          case PrincipalPart.Client() -> caller.client();
          case PrincipalPart.Claim(List<String> pointer) -> claim(pointer, caller);
        };
    return text == null || text.isEmpty() || caller.isNobody() ? null : text;
  }

  private static @Nullable String claim(List<String> pointer, Principal caller) {
    Object value = caller.claims();
    for (String step : pointer) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value instanceof String || value instanceof Number ? value.toString() : null;
  }

  private static Standing standing(
      ObjectType type, Grant grant, ObjectFacts facts, Principal caller) {
    return switch (grant) {
      case Grant.Anyone() -> Standing.GRANTED;
      case Grant.Owner() -> both(inTenant(type, facts, caller), owns(type, facts, caller));
      case Grant.Tenant() ->
          type.tenant() == null ? Standing.UNKNOWN : inTenant(type, facts, caller);
      case Grant.Role(String name) ->
          caller.roles().contains(name) ? inTenant(type, facts, caller) : Standing.FOREIGN;
      case Grant.Crossing(String role) ->
          caller.crossing().contains(role) ? Standing.GRANTED : Standing.FOREIGN;
    };
  }

  private static Standing owns(ObjectType type, ObjectFacts facts, Principal caller) {
    ObjectType.Fact owner = type.owner();
    Standing named = owner == null ? Standing.UNKNOWN : equal(owner.is(), facts.owner(), caller);
    return named == Standing.GRANTED && facts.namesake() ? Standing.FOREIGN : named;
  }

  /// Where a type has no tenant, everybody is within it.
  private static Standing inTenant(ObjectType type, ObjectFacts facts, Principal caller) {
    ObjectType.Fact tenant = type.tenant();
    return tenant == null ? Standing.GRANTED : equal(tenant.is(), facts.tenant(), caller);
  }

  private static Standing equal(PrincipalPart part, Fact fact, Principal caller) {
    return switch (fact) {
      case Fact.Known(String text) ->
          text.equals(part(part, caller)) ? Standing.GRANTED : Standing.FOREIGN;
      case Fact.Missing _, Fact.Odd _ -> Standing.UNKNOWN;
    };
  }

  private static Standing both(Standing one, Standing other) {
    if (one == Standing.FOREIGN || other == Standing.FOREIGN) {
      return Standing.FOREIGN;
    }
    return one == Standing.UNKNOWN ? one : other;
  }

  private static Fact fact(@Nullable String text) {
    return text == null ? Fact.MISSING : Fact.of(text);
  }
}
