package dev.gatewarden.controls.guards.access;

import dev.gatewarden.controls.guards.Setting;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.policy.Issuers;
import dev.gatewarden.core.policy.Lookups;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Relations;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be known of an object before the service is asked to do anything with it: by its id, by
/// what the gate has learned, by a look-up.
final class ObjectKnowledge {
  private final String api;
  private final Relations relations;
  private final Lookups lookups;
  private final Issuers issuers;

  ObjectKnowledge(Setting setting) {
    this.api = setting.contract().api();
    this.relations = setting.ports().relations();
    this.lookups = setting.ports().lookups();
    this.issuers = setting.ports().issuers();
  }

  /// A version of an object at the service.
  ///
  /// @param etag its strong validator, or null where the service gave none
  record Version(@Nullable String etag) {}

  /// What is known.
  sealed interface Known {
    /// Facts about the object.
    ///
    /// @param version the version that was looked up; null where nothing was
    record Facts(ObjectFacts facts, @Nullable Version version) implements Known {}

    /// The service does not let whoever looks it up know.
    record Withheld() implements Known {}

    /// There is no such object.
    record Absent() implements Known {}

    /// The response will tell, and may be waited for.
    record Later() implements Known {}

    /// No source knows the object.
    record Nothing() implements Known {}

    /// A source that should know cannot answer.
    record Failed() implements Known {}
  }

  private static final Known WITHHELD = new Known.Withheld();
  private static final Known ABSENT = new Known.Absent();
  private static final Known LATER = new Known.Later();
  private static final Known NOTHING = new Known.Nothing();
  private static final Known FAILED = new Known.Failed();

  /// Whether what is learned now would be remembered.
  boolean remembers() {
    return relations.ready();
  }

  /// Asks the type's sources in the order the contract gives.
  ///
  /// @param byResponse whether the verb permits that the response tells
  Known of(
      ObjectType type,
      String id,
      Map<String, String> within,
      Exchange exchange,
      boolean byResponse) {
    Optional<ObjectFacts> own = Ownership.byId(type, id);
    if (own.isPresent()) {
      return new Known.Facts(own.get(), null);
    }
    for (int i = 0; i < type.knownBy().size(); i++) {
      Known known =
          switch (type.knownBy().get(i)) {
            case RELATION -> byRelation(type, id, exchange);
            case RESPONSE -> byResponse ? LATER : NOTHING;
            case LOOK_UP -> byLookUp(type, id, within, exchange);
          };
      if (known != NOTHING) {
        return known;
      }
    }
    return NOTHING;
  }

  /// Tells that an object is not the caller's to read.
  void refused(ObjectType type, String id, Map<String, String> within, Exchange exchange) {
    if (type.lookedUp()) {
      lookups.refused(type, id, within, exchange);
    }
  }

  /// What an answer shows of an object, with what the gate has learned where nothing shows it.
  ObjectFacts completed(ObjectType type, ObjectFacts shown, Exchange exchange) {
    if (!type.hidden()
        || !type.knownBy().contains(ObjectType.KnownBy.RELATION)
        || !(shown.id() instanceof ObjectFacts.Fact.Known(String id))) {
      return shown;
    }
    return relations
        .find(new Relations.Key(api, type.name(), id))
        .map(known -> Ownership.completed(type, shown, facts(id, known, exchange)))
        .orElse(shown);
  }

  /// Where objects that the gate has not learned of are denied, not knowing one is knowing that
  /// there is none.
  private Known byRelation(ObjectType type, String id, Exchange exchange) {
    Optional<Relations.Relation> relation = relations.find(new Relations.Key(api, type.name(), id));
    if (relation.isPresent()) {
      return new Known.Facts(facts(id, relation.get(), exchange), null);
    }
    return type.unknown() == ObjectType.Unknown.DENY ? ABSENT : NOTHING;
  }

  private ObjectFacts facts(String id, Relations.Relation relation, Exchange exchange) {
    return Ownership.byRelation(id, relation, issuers, exchange.principal());
  }

  private Known byLookUp(
      ObjectType type, String id, Map<String, String> within, Exchange exchange) {
    if (!type.lookedUp()) {
      return NOTHING;
    }
    return switch (lookups.lookUp(type, id, within, exchange)) {
      case Lookups.Answer.Found(ObjectFacts facts, String etag) ->
          new Known.Facts(facts, new Version(etag));
      case Lookups.Answer.Withheld() -> WITHHELD;
      case Lookups.Answer.Absent() -> ABSENT;
      case Lookups.Answer.Failed() -> FAILED;
    };
  }
}
