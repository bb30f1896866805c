package dev.gatewarden.gateway.walk;

import dev.gatewarden.controls.guards.Ports;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Ownership;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import dev.gatewarden.core.policy.Relations.Relation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers what an exchange made true of objects: who created one owns it, who was given one owns
/// it now, and one that was deleted is nobody's. Written before the response is released, so that
/// the next request finds it.
///
/// An object that is created at an id of the request is learned from `201` alone: after `200` and
/// `204` it may have been there before.
final class Learning {
  /// How often a change of owner is tried again that another change was faster than.
  private static final int TRIES = 8;

  private Learning() {}

  /// What it does, it may do twice.
  ///
  /// @param calls with what the response shows
  /// @param moves what the request said of owners, tenants and parents
  /// @return whether all of it could be true: false where the service says that it created what is
  ///     known to be somebody else's
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop where it has to wait
  /// @throws dev.gatewarden.core.decision.OutOfReach when it could not be written down
  static boolean from(List<Call> calls, int status, List<Move> moves, Ports ports) {
    Exchange exchange = calls.getFirst().exchange();
    if (status < 200 || status >= 300 || exchange.principal().isNobody()) {
      return true;
    }
    boolean possible = true;
    for (int i = 0; i < calls.size(); i++) {
      possible &= from(calls.get(i), status, ports);
    }
    for (int i = 0; i < moves.size(); i++) {
      Move became = moves.get(i).became(status, moves.size() == 1, calls);
      if (!became.isEmpty()) {
        moved(became, exchange, ports);
      }
    }
    if (!exchange.operation().safe()) {
      ports.lookups().changed(exchange);
    }
    return possible;
  }

  private static boolean from(Call call, int status, Ports ports) {
    boolean possible = true;
    for (int i = 0; i < call.seen().size(); i++) {
      Call.Seen seen = call.seen().get(i);
      if (learns(seen.binding())) {
        for (ObjectFacts facts : seen.each()) {
          possible &= created(seen.binding(), facts, call.exchange(), ports);
        }
      }
    }
    for (int i = 0; i < call.objects().size(); i++) {
      ObjectUse use = call.objects().get(i);
      if (status == 201 && learns(use.binding()) && !isSeen(call, use)) {
        possible &= created(use, call.exchange(), ports);
      }
      if (gone(use.binding(), status)) {
        ports.relations().forget(key(call.exchange(), use.binding(), use.id()));
      }
    }
    return possible;
  }

  private static boolean learns(ObjectBinding binding) {
    return binding.does() == Does.CREATE && binding.learn();
  }

  private static boolean gone(ObjectBinding binding, int status) {
    return binding.does() == Does.DELETE && !Move.leavesOpen(status);
  }

  private static boolean isSeen(Call call, ObjectUse use) {
    for (Call.Seen seen : call.seen()) {
      if (seen.binding() == use.binding()) {
        for (ObjectFacts facts : seen.each()) {
          if (facts.id().equals(Fact.of(use.id()))) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// What the service says of the new object counts, and where it says nothing, who created it.
  private static boolean created(
      ObjectBinding binding, ObjectFacts facts, Exchange exchange, Ports ports) {
    ObjectType type = binding.type();
    if (!(facts.id() instanceof Fact.Known(String id))
        || facts.owner() == Fact.ODD
        || facts.tenant() == Fact.ODD) {
      return true;
    }
    Principal creator = exchange.principal();
    return learned(
        ports.relations(),
        key(exchange, binding, id),
        ports
            .issuers()
            .kept(
                new Relation(
                    told(type.owner(), facts.owner(), creator),
                    told(type.tenant(), facts.tenant(), creator),
                    parents(facts)),
                creator));
  }

  private static boolean created(ObjectUse use, Exchange exchange, Ports ports) {
    ObjectType type = use.binding().type();
    Principal creator = exchange.principal();
    return learned(
        ports.relations(),
        key(exchange, use.binding(), use.id()),
        ports
            .issuers()
            .kept(
                new Relation(
                    told(type.owner(), Fact.MISSING, creator),
                    told(type.tenant(), Fact.MISSING, creator),
                    use.within()),
                creator));
  }

  /// Learning the same again is no contradiction, and neither is what differs in its parents alone.
  private static boolean learned(Relations relations, Key key, Relation relation) {
    if (relations.learn(key, relation)) {
      return true;
    }
    Relation known = relations.find(key).orElse(relation);
    return Objects.equals(known.owner(), relation.owner())
        && Objects.equals(known.issuer(), relation.issuer())
        && Objects.equals(known.tenant(), relation.tenant());
  }

  private static @Nullable String told(
      ObjectType.@Nullable Fact wanted, Fact shown, Principal creator) {
    if (wanted == null) {
      return null;
    }
    return shown instanceof Fact.Known(String text) ? text : Ownership.part(wanted.is(), creator);
  }

  private static void moved(Move became, Exchange exchange, Ports ports) {
    Relations relations = ports.relations();
    ObjectUse use = became.use();
    Key key = key(exchange, use.binding(), use.id());
    for (int i = 0; i < TRIES; i++) {
      Optional<Relation> before = relations.find(key);
      if (before.isEmpty()) {
        return;
      }
      Relation moved = became.applied(before.get());
      // A new owner is somebody whom the issuer of who named him names.
      Relation after =
          Objects.equals(moved.owner(), before.get().owner())
              ? moved
              : ports.issuers().kept(moved, exchange.principal());
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
