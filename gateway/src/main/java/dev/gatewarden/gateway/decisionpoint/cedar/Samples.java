package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.exchange.ObjectFacts;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.identity.Principal;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.core.policy.Question.Resource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Questions as they will be asked of an operation: to warm the engine with, and to hold a schema
/// against.
final class Samples {
  private static final Instant SOME_TIME = Instant.EPOCH;
  private static final Ip SOMEWHERE = Ip.of(new byte[] {127, 0, 0, 1});
  private static final ContextUse EVERYTHING = new ContextUse(Set.of(), true);

  private Samples() {}

  /// One question.
  record Sample(Question question, Terms.Asked asked) {}

  /// Each kind of caller with each kind of resource, with everything known and with nothing.
  static List<Sample> of(
      Names names, Names.OfApi api, Operation operation, CedarSettings settings) {
    Terms terms = new Terms(names, settings, Map.of(), ActionGroups.NONE);
    List<Principal> callers = new ArrayList<>(List.of(full(settings), bare()));
    if (DerivedSchema.nobody(operation)) {
      callers.add(Principal.NOBODY);
    }
    List<Sample> samples = new ArrayList<>();
    for (Principal caller : callers) {
      for (Resource resource : resources(api, operation)) {
        Question question =
            new Question(
                caller,
                operation.id().name(),
                resource,
                new Question.Environment(
                    operation.id().api(),
                    operation.method(),
                    SOME_TIME,
                    ZoneOffset.UTC,
                    SOMEWHERE,
                    true));
        samples.add(new Sample(question, terms.asked(question, Ancestry.NONE, EVERYTHING)));
      }
    }
    return samples;
  }

  private static Principal bare() {
    return new Principal("issuer", "subject", null, null, Set.of(), Set.of(), Map.of(), List.of());
  }

  private static Principal full(CedarSettings settings) {
    Map<String, Object> claims = new HashMap<>();
    settings.claims().values().forEach(claim -> put(claims, claim.at(), value(claim.is())));
    if (!settings.groups().isEmpty()) {
      put(claims, settings.groups(), List.of("group"));
    }
    return new Principal(
        "issuer",
        "subject",
        "tenant",
        "client",
        Set.of("scope"),
        Set.of("role"),
        claims,
        List.of("actor"));
  }

  private static Object value(CedarSettings.Claim.Kind kind) {
    return switch (kind) {
      case STRING -> "text";
      case NUMBER -> 1L;
      case BOOLEAN -> true;
      case STRINGS -> List.of("text");
    };
  }

  @SuppressWarnings("unchecked") // the maps are those that were put here
  private static void put(Map<String, Object> claims, List<String> at, Object value) {
    Map<String, Object> map = claims;
    for (String step : at.subList(0, at.size() - 1)) {
      map = (Map<String, Object>) map.computeIfAbsent(step, _ -> new HashMap<String, Object>());
    }
    map.put(at.getLast(), value);
  }

  private static List<Resource> resources(Names.OfApi api, Operation operation) {
    List<Resource> resources = new ArrayList<>();
    for (String name : DerivedSchema.resources(api, operation)) {
      if (name.equals(Names.API)) {
        resources.add(new Resource.Api(api.contract().api()));
      }
    }
    for (ObjectType type : api.contract().types().values()) {
      if (DerivedSchema.resources(api, operation).contains(api.typeNames().get(type.name()))) {
        Map<String, Fact> parents = new HashMap<>();
        type.parents().keySet().forEach(parent -> parents.put(parent, Fact.of("parent")));
        Fact some = Fact.of("some");
        resources.add(
            new Resource.Thing(type, "id", new ObjectFacts(some, some, some, parents, 0, 0)));
        resources.add(
            new Resource.Thing(
                type, "id", new ObjectFacts(some, Fact.MISSING, Fact.MISSING, Map.of(), 0, 0)));
      }
    }
    return resources;
  }
}
