package dev.gatewarden.bench;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.CedarJson;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.IpAddress;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where the time of one decision of Cedar's library goes: entities, JSON to it, native code, JSON
/// from it. It looks inside the library, which the gate itself never does.
final class EngineShares {
  private static final int CALLS = 2_000;
  private static final EntityTypeName USER = EntityTypeName.parse("User").orElseThrow();
  private static final EntityTypeName ROLE = EntityTypeName.parse("Role").orElseThrow();
  private static final EntityTypeName ACTION = EntityTypeName.parse("shop::Action").orElseThrow();
  private static final EntityTypeName ORDER = EntityTypeName.parse("shop::order").orElseThrow();

  private final BasicAuthorizationEngine engine = new BasicAuthorizationEngine();
  private final MethodHandle nativeCall;
  private final ObjectWriter writer;
  private final Constructor<?> message;

  EngineShares() throws ReflectiveOperationException {
    Method call =
        BasicAuthorizationEngine.class.getDeclaredMethod(
            "callCedarJNI", String.class, String.class);
    call.setAccessible(true);
    nativeCall = MethodHandles.lookup().unreflect(call);
    Method written = CedarJson.class.getDeclaredMethod("objectWriter");
    written.setAccessible(true);
    writer = (ObjectWriter) written.invoke(null);
    message =
        Class.forName("com.cedarpolicy.BasicAuthorizationEngine$StatefulAuthRequest")
            .getDeclaredConstructors()[0];
    message.setAccessible(true);
  }

  private record Asked(AuthorizationRequest request, Set<Entity> entities) {}

  void print() throws Exception {
    System.out.printf(
        "%-34s %8s %8s %8s %8s %8s%n", "", "whole", "entities", "to JSON", "native", "from it");
    print("no policy", new PolicySet());
    for (int more : new int[] {0, 10, 100}) {
      print("3 policies" + (more == 0 ? "" : " and " + more + " more"), policies(more));
    }
    double crossing =
        PolicyCosts.median(() -> call("NoSuchOperation", "{}"), Thread.currentThread(), CALLS);
    System.out.printf("%-34s %8s %8s %8s %8.1f%n", "an empty call", "", "", "", crossing);
  }

  private void print(String name, PolicySet policies) throws Exception {
    policies.cache();
    String id = policies.cacheKey().orElseThrow();
    Asked once = asked();
    String json = written(once, id);
    Thread here = Thread.currentThread();
    double entities = PolicyCosts.median(EngineShares::asked, here, CALLS);
    double toJson = PolicyCosts.median(() -> written(once, id), here, CALLS);
    double inside =
        PolicyCosts.median(() -> call("StatefulAuthorizationOperation", json), here, CALLS);
    double whole =
        PolicyCosts.median(
            () -> {
              Asked asked = asked();
              decide(asked, policies);
            },
            here,
            CALLS);
    System.out.printf(
        "%-34s %8.1f %8.1f %8.1f %8.1f %8.1f%n",
        name, whole, entities, toJson, inside, whole - entities - toJson - inside);
  }

  private void decide(Asked asked, PolicySet policies) {
    try {
      var unused = engine.isAuthorized(asked.request(), policies, asked.entities());
    } catch (com.cedarpolicy.model.exception.AuthException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private String written(Asked asked, String policies) {
    try {
      return writer.writeValueAsString(
          message.newInstance(asked.request(), policies, null, asked.entities()));
    } catch (ReflectiveOperationException | java.io.IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private String call(String operation, String json) {
    try {
      return (String) nativeCall.invokeExact(operation, json);
    } catch (Throwable broken) {
      throw new IllegalStateException(broken);
    }
  }

  private static Asked asked() {
    EntityUID user = USER.of("corp/alice");
    EntityUID role = ROLE.of("reader");
    EntityUID order = ORDER.of("o1");
    Map<String, Value> context = new HashMap<>();
    context.put("source", new IpAddress("10.1.2.3"));
    CedarMap local = new CedarMap();
    for (String part : List.of("year", "month", "day", "weekday", "hour", "minute", "time")) {
      local.put(part, new PrimLong(9L));
    }
    context.put("local", local);
    Set<Entity> entities = new HashSet<>();
    Map<String, Value> attributes = new HashMap<>();
    for (String name : List.of("issuer", "subject", "client", "tenant")) {
      attributes.put(name, new PrimString("alice"));
    }
    attributes.put("scopes", strings("orders:read", "orders:write"));
    attributes.put("roles", strings("reader"));
    attributes.put("groups", strings());
    attributes.put("actors", strings());
    attributes.put("claims", new CedarMap());
    entities.add(new Entity(user, attributes, Set.of(role)));
    Map<String, Value> facts = new HashMap<>();
    for (String name : List.of("id", "owner", "tenant")) {
      facts.put(name, new PrimString("alice"));
    }
    entities.add(new Entity(order, facts, Set.of()));
    return new Asked(
        new AuthorizationRequest(
            user, ACTION.of("getOrder"), order, Optional.of(context), Optional.empty(), false),
        entities);
  }

  private static CedarList strings(String... texts) {
    List<Value> values = new java.util.ArrayList<>();
    for (String text : texts) {
      values.add(new PrimString(text));
    }
    return new CedarList(values);
  }

  private static PolicySet policies(int more) throws Exception {
    StringBuilder text =
        new StringBuilder(
            """
            permit (principal in Role::"reader", action == shop::Action::"getOrder", resource);
            permit (principal is User, action == shop::Action::"getOrder", resource)
            when { resource has owner && resource.owner == principal.subject && context.local.hour >= 8 };
            forbid (principal, action, resource)
            unless { context.source.isInRange(ip("10.0.0.0/8")) };
            """);
    for (int i = 0; i < more; i++) {
      text.append("permit (principal in Role::\"role-")
          .append(i)
          .append("\", action == shop::Action::\"getOrder\", resource)")
          .append(" when { principal is User && principal has tenant };\n");
    }
    return PolicySet.parsePolicies(text.toString());
  }
}
