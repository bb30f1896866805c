package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.exchange.Call;
import dev.gatewarden.core.exchange.Exchange;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.exchange.ObjectUse;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Relations;
import dev.gatewarden.core.policy.Relations.Key;
import java.util.HashMap;
import java.util.Map;

/// Remembers what an exchange made true of objects: who created one owns it, and one that was
/// deleted is nobody's. Written before the response is
/// released, so that the creator's next request finds it.
final class Learning {
  private Learning() {}

  /// @param call with what the response shows
  static void from(Call call, int status, Relations relations) {
    if (status < 200 || status >= 300 || call.exchange().principal().isNobody()) {
      return;
    }
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

  private static void created(
      ObjectBinding binding, ObjectFacts facts, Exchange exchange, Relations relations) {
    if (facts.id() instanceof Fact.Known(String id)) {
      Principal owner = exchange.principal();
      relations.learn(
          key(exchange, binding, id),
          new Relations.Relation(owner.subject(), owner.tenant(), parents(facts)));
    }
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
