package dev.gatewarden.app.relations;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.policy.Issuers;
import dev.gatewarden.core.policy.RelationText;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Known;
import dev.gatewarden.core.policy.Relations.Relation;
import dev.gatewarden.gateway.binder.IdForm;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the contracts ask of what is told: types that there are, ids in their form, and the owner,
/// tenant and parents that a type has.
///
/// @param contracts by the names of their APIs
/// @param issuers who vouches for owners, by the names of the APIs
public record Rules(Map<String, Contract> contracts, Map<String, Issuers> issuers) {

  /// The object that is meant, its id in canonical form.
  ///
  /// @param api may be left out where there is one
  /// @throws IllegalArgumentException when there is no such type, or the id is none of it
  public Key key(@Nullable String api, String type, String id) {
    String named = api == null || api.isEmpty() ? only() : api;
    ObjectType known = type(named, type);
    String canonical = IdForm.canonical(known.id().as(), id);
    if (canonical == null) {
      throw new IllegalArgumentException(
          "`"
              + shortened(id)
              + "` is no id of `"
              + type
              + "`, whose ids are of the form `"
              + known.id().as().name().toLowerCase(Locale.ROOT)
              + "`");
    }
    return new Key(named, type, canonical);
  }

  /// The same as it is kept.
  ///
  /// @throws IllegalArgumentException when the contract does not know such an object
  public Known checked(Known told) {
    Key key = key(told.key().api(), told.key().type(), told.key().id());
    ObjectType type = type(key.api(), key.type());
    Relation relation = told.relation();
    stated("owner", type.owner() != null, relation.owner(), key);
    stated("tenant", type.tenant() != null, relation.tenant(), key);
    for (String parent : relation.parents().keySet()) {
      if (!type.parents().containsKey(parent)) {
        String advice = Nearest.advice(parent, type.parents().keySet());
        throw new IllegalArgumentException(
            "`"
                + parent
                + "` is no parent of `"
                + key.type()
                + "`"
                + (advice.isEmpty() ? "" : "; " + advice));
      }
    }
    if (!RelationText.fits(key, relation)) {
      throw new IllegalArgumentException("this is too long, or no text");
    }
    return new Known(key, relation.by(issuer(key.api(), relation)));
  }

  /// The issuer as it is kept; null where one names everybody.
  @Nullable String issuer(String api, Relation relation) {
    Issuers known = issuers.getOrDefault(api, Issuers.ONE);
    String said = relation.issuer();
    if (said == null) {
      if (known.tell(relation)) {
        throw new IllegalArgumentException(
            "callers of `" + api + "` are named by " + names(known.names()) + ", say `issuer`");
      }
      return null;
    }
    if (relation.owner() == null) {
      throw new IllegalArgumentException("there is an `issuer`, and no `owner`");
    }
    if (!known.names().contains(known.of(said))) {
      throw new IllegalArgumentException(
          "`"
              + shortened(said)
              + "` names no callers of `"
              + api
              + "`; those are "
              + names(known.names()));
    }
    return known.tell(relation) ? known.of(said) : null;
  }

  /// The API that is meant, whose owners are told apart by their issuers.
  ///
  /// @throws IllegalArgumentException when one issuer names all of its callers
  String divided(@Nullable String api) {
    String named = api == null || api.isEmpty() ? only() : api;
    if (!issuers.getOrDefault(named, Issuers.ONE).several()) {
      throw new IllegalArgumentException(
          "one issuer names the callers of `" + shortened(named) + "`, whose owners need none");
    }
    return named;
  }

  private static void stated(String what, boolean has, @Nullable String said, Key key) {
    if (has && (said == null || said.isEmpty())) {
      throw new IllegalArgumentException("`" + key.type() + "` has an `" + what + "`, say which");
    }
    if (!has && said != null) {
      throw new IllegalArgumentException("`" + key.type() + "` has no `" + what + "`");
    }
  }

  private String only() {
    if (contracts.size() != 1) {
      throw new IllegalArgumentException("say which API: one of " + names(contracts.keySet()));
    }
    return contracts.keySet().iterator().next();
  }

  private ObjectType type(String api, String name) {
    Contract contract = contracts.get(api);
    if (contract == null) {
      throw new IllegalArgumentException(
          "`" + shortened(api) + "` is no API here; those are " + names(contracts.keySet()));
    }
    ObjectType type = contract.types().get(name);
    if (type == null) {
      String advice = Nearest.advice(name, contract.types().keySet());
      throw new IllegalArgumentException(
          "`"
              + shortened(name)
              + "` is no type of `"
              + api
              + "`; "
              + (advice.isEmpty() ? "it has " + names(contract.types().keySet()) : advice));
    }
    return type;
  }

  private static String names(Set<String> names) {
    return "`" + String.join("`, `", new TreeSet<>(names)) + "`";
  }

  private static String shortened(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "…";
  }
}
