package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A question in the words of AuthZEN 1.0: subject, action, resource, context. OPA is told the
/// same.
final class Subjects {
  private Subjects() {}

  /// @param time whether the context has the time of the request
  static Map<String, Object> of(Question question, boolean time) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("subject", subject(question.caller()));
    all.put(
        "action",
        Map.of(
            "name",
            question.action(),
            "properties",
            Map.of("method", question.environment().method())));
    all.put("resource", resource(question.resource()));
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("api", question.environment().api());
    context.put("source", question.environment().source().toString());
    context.put("encrypted", question.environment().encrypted());
    if (time) {
      context.put("time", question.environment().at().toString());
      context.put("zone", question.environment().zone().getId());
    }
    all.put("context", context);
    return all;
  }

  /// What a user is called: by the subject alone, or by issuer and subject, where two issuers may
  /// have a user of the same name.
  static String user(Question question, boolean issuers) {
    Principal caller = question.caller();
    return issuers ? caller.issuer() + "/" + caller.subject() : caller.subject();
  }

  private static Map<String, Object> subject(Principal caller) {
    Map<String, Object> properties = new LinkedHashMap<>();
    put(properties, "issuer", caller.issuer());
    put(properties, "tenant", caller.tenant());
    put(properties, "client", caller.client());
    properties.put("scopes", new TreeSet<>(caller.scopes()));
    properties.put("roles", new TreeSet<>(caller.roles()));
    properties.put("actors", caller.actors());
    properties.put("claims", plain(caller.claims()));
    return Map.of(
        "type",
        caller.isNobody() ? "anonymous" : "user",
        "id",
        caller.isNobody() ? "anonymous" : caller.subject(),
        "properties",
        properties);
  }

  private static Map<String, Object> resource(Resource resource) {
    Map<String, Object> properties = new LinkedHashMap<>();
    if (resource instanceof Resource.Thing thing) {
      put(properties, "owner", known(thing.facts().owner()));
      put(properties, "tenant", known(thing.facts().tenant()));
      Map<String, Object> parents = new TreeMap<>();
      thing.facts().parents().forEach((type, id) -> put(parents, type, known(id)));
      if (!parents.isEmpty()) {
        properties.put("parents", parents);
      }
    }
    return Map.of("type", resource.kind(), "id", resource.named(), "properties", properties);
  }

  static @Nullable String known(Fact fact) {
    return fact instanceof Fact.Known(String text) ? text : null;
  }

  private static void put(Map<String, Object> to, String name, @Nullable Object value) {
    if (value != null && !value.equals("")) {
      to.put(name, value);
    }
  }

  /// Claims in one order, without nulls, so that equal claims are equal texts.
  private static Map<String, Object> plain(Map<?, ?> claims) {
    Map<String, Object> sorted = new TreeMap<>();
    claims.forEach((name, value) -> put(sorted, String.valueOf(name), plainly(value)));
    return sorted;
  }

  private static @Nullable Object plainly(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> plain(map);
      case List<?> list -> {
        List<Object> all = new ArrayList<>();
        for (Object each : list) {
          Object one = plainly(each);
          if (one != null) {
            all.add(one);
          }
        }
        yield all;
      }
      default -> value;
    };
  }
}
