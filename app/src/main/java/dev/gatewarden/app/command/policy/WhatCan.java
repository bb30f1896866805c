package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.command.Terminal;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PrincipalPart;
import dev.gatewarden.core.identity.Proof;
import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Caller;
import dev.gatewarden.core.policy.model.OperationModel;
import dev.gatewarden.core.policy.model.Reach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What one caller can do at the operations of one API.
public final class WhatCan {
  private final ApiModel api;
  private final Caller caller;
  private final Map<OperationModel, Reach> reaches = new LinkedHashMap<>();

  /// @param proof what the caller's credentials say
  public WhatCan(ApiModel api, Set<String> schemes, Proof proof) {
    this(api, new Caller(schemes, proof));
  }

  private WhatCan(ApiModel api, Caller caller) {
    this.api = api;
    this.caller = caller;
    for (OperationModel model : api.operations()) {
      reaches.put(model, model.reach(caller));
    }
  }

  /// A caller who stands for all with these scopes and roles.
  ///
  /// @param tenant whether its credentials name a tenant
  /// @param crosses whether its issuer vouches for its roles across tenants
  public static WhatCan standing(
      ApiModel api,
      Set<String> schemes,
      Set<String> scopes,
      Set<String> roles,
      boolean tenant,
      boolean crosses) {
    Set<PrincipalPart> parts = new LinkedHashSet<>();
    api.operations().forEach(each -> parts.addAll(each.parts()));
    return new WhatCan(
        api, Caller.standing(schemes, scopes, roles, tenant, crosses ? roles : Set.of(), parts));
  }

  /// Whether it can use any operation.
  public boolean anything() {
    return reaches.values().stream().anyMatch(Reach::admitted);
  }

  /// For people.
  public String text(Terminal terminal) {
    StringBuilder text = new StringBuilder();
    text.append(terminal.strong(api.contract().api()))
        .append(": ")
        .append(caller.text())
        .append('\n');
    int name = width(each -> each.id().name());
    int path = width(each -> each.method() + " " + each.path());
    reaches.forEach(
        (model, reach) -> {
          if (reach.admitted()) {
            row(text, model.operation(), name, path);
            String reached = String.join("; ", reach.text(model.uses()));
            text.append(reached.isEmpty() ? "allowed" : reached).append('\n');
          }
        });
    reaches.forEach(
        (model, reach) -> {
          if (!reach.admitted()) {
            row(text, model.operation(), name, path);
            text.append(terminal.bad("refused"))
                .append(": ")
                .append(reach.refusal())
                .append(" (")
                .append(WhoCan.asked(model))
                .append(")\n");
          }
        });
    return text.toString();
  }

  private static void row(StringBuilder text, Operation operation, int name, int path) {
    String where = operation.method() + " " + operation.path();
    text.append("  ").append(operation.id().name());
    text.repeat(' ', name - operation.id().name().length() + 2).append(where);
    text.repeat(' ', path - where.length() + 2);
  }

  private int width(java.util.function.Function<Operation, String> column) {
    return reaches.keySet().stream()
        .mapToInt(each -> column.apply(each.operation()).length())
        .max()
        .orElse(0);
  }

  /// For machines.
  public Map<String, Object> json() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("api", api.contract().api());
    tree.put("schemes", List.copyOf(new TreeSet<>(caller.schemes())));
    tree.put("scopes", List.copyOf(new TreeSet<>(caller.scopes())));
    tree.put("roles", List.copyOf(new TreeSet<>(caller.roles())));
    tree.put("tenant", caller.hasTenant());
    tree.put("crossing", List.copyOf(new TreeSet<>(caller.crossing())));
    List<Object> operations = new ArrayList<>();
    reaches.forEach(
        (model, reach) -> {
          Map<String, Object> one = WhoCan.about(model.operation());
          one.put("allowed", reach.admitted());
          if (reach.admitted()) {
            one.put("reaches", WhoCan.reached(model, reach));
          } else {
            one.put("why", Objects.requireNonNull(reach.refusal()));
          }
          operations.add(one);
        });
    tree.put("operations", operations);
    return tree;
  }
}
