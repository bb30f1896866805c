package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.exchange.Response;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers what an exchange made true of objects: who created one owns it, who was given one owns
/// it now, and one that was deleted is nobody's. Written before the response is released, so that
/// the next request finds it.
final class Learning {
  /// How often a change of owner is tried again that another change was faster than.
  private static final int TRIES = 8;

  private Learning() {}

  /// What it does, it may do twice.
  ///
  /// @param calls with what the response shows
  /// @param moves what the request said of owners, tenants and parents
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop where it has to wait
  /// @throws dev.gatewarden.core.decision.OutOfReach when it could not be written down
  static void from(List<Call> calls, int status, List<Move> moves, Relations relations) {
    Exchange exchange = calls.getFirst().exchange();
    if (status < 200 || status >= 300 || exchange.principal().isNobody()) {
      return;
    }
    for (int i = 0; i < calls.size(); i++) {
      from(calls.get(i), relations);
    }
    for (int i = 0; i < moves.size(); i++) {
      moved(moves.get(i), moves.size() == 1, exchange, relations);
    }
  }

  private static void from(Call call, Relations relations) {
    for (int i = 0; i < call.seen().size(); i++) {
      Call.Seen seen = call.seen().get(i);
      if (seen.binding().does() == Does.CREATE && seen.binding().learn()) {
        for (ObjectFacts facts : seen.each()) {
          created(seen.binding(), facts, call.exchange(), relations);
        }
      }
    }
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      if (use.binding().does() == Does.DELETE) {
        relations.forget(key(call.exchange(), use.binding(), use.id()));
      }
    }
  }

  /// What the service says of the new object counts, and where it says nothing, who created it.
  private static void created(
      ObjectBinding binding, ObjectFacts facts, Exchange exchange, Relations relations) {
    ObjectType type = binding.type();
    if (facts.id() instanceof Fact.Known(String id)
        && facts.owner() != Fact.ODD
        && facts.tenant() != Fact.ODD) {
      Principal creator = exchange.principal();
      relations.learn(
          key(exchange, binding, id),
          new Relation(
              told(type.owner(), facts.owner(), creator),
              told(type.tenant(), facts.tenant(), creator),
              parents(facts)));
    }
  }

  private static @Nullable String told(
      ObjectType.@Nullable Fact wanted, Fact shown, Principal creator) {
    if (wanted == null) {
      return null;
    }
    return shown instanceof Fact.Known(String text) ? text : Ownership.part(wanted.is(), creator);
  }

  /// The request says what it asked for; where the answer shows the object, that is what became of
  /// it.
  ///
  /// @param alone whether the answer can be about nothing else
  private static void moved(Move asked, boolean alone, Exchange exchange, Relations relations) {
    ObjectUse use = asked.use();
    Response answer = exchange.response();
    Move shown = alone && answer != null ? Move.of(use, answer.body().bytes(), false) : null;
    Key key = key(exchange, use.binding(), use.id());
    for (int i = 0; i < TRIES; i++) {
      Optional<Relation> before = relations.find(key);
      if (before.isEmpty()) {
        return;
      }
      Relation after = asked.applied(before.get());
      after = shown == null ? after : shown.applied(after);
      if (after.equals(before.get()) || relations.replace(key, before.get(), after)) {
        return;
      }
    }
    // Nobody is the owner of what changes hands faster than it can be written down.
    relations.forget(key);
  }

  private static Map<String, String> parents(ObjectFacts facts) {
    Map<String, String> parents = new HashMap<>();
    facts
        .parents()
        .forEach(
            (type, fact) -> {
              if (fact instanceof Fact.Known(String parent)) {
                parents.put(type, parent);
              }
            });
    return parents;
  }

  private static Key key(Exchange exchange, ObjectBinding binding, String id) {
    return new Key(exchange.operation().id().api(), binding.type().name(), id);
  }
}
