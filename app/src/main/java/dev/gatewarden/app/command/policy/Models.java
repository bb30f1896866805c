package dev.gatewarden.app.command.policy;

import dev.gatewarden.app.configuration.Api;
import dev.gatewarden.app.configuration.ExceptionEntry;
import dev.gatewarden.app.configuration.Places;
import dev.gatewarden.app.configuration.Policies;
import dev.gatewarden.app.configuration.Reading;
import dev.gatewarden.app.contracts.Contracts;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.decision.Mode;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.policy.model.ApiModel;
import dev.gatewarden.core.policy.model.Assumption;
import dev.gatewarden.core.policy.model.Enforcement;
import dev.gatewarden.core.policy.model.OperationModel;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarPoint;
import dev.gatewarden.gateway.decisionpoint.cedar.CedarSettings;
import dev.gatewarden.gateway.decisionpoint.cedar.PolicyList;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The models of every API of a configuration, by the API's name.
public record Models(Reading reading, Map<String, ApiModel> byApi) {

  /// The models under the exceptions of a day.
  ///
  /// @throws dev.gatewarden.core.document.ProblemsException where the configuration does not load
  public static Models of(Reading reading, LocalDate today) {
    Map<String, ApiModel> models = new LinkedHashMap<>();
    Enforcement enforcement = (guard, operation) -> excused(reading, guard, operation, today);
    Contracts.read(reading, today)
        .byApi()
        .forEach(
            (api, contract) ->
                models.put(api, ApiModel.of(contract, enforcement, further(reading, api))));
    return new Models(reading, models);
  }

  /// What decision points decide stands in policies, and those can only refuse more.
  private static List<Assumption> further(Reading reading, String name) {
    Api api = reading.configuration().apis().get(name);
    List<Assumption> all = new ArrayList<>();
    for (String point : api == null ? List.<String>of() : points(reading, api)) {
      if (point.equals(CedarPoint.NAME)) {
        Policies policies = reading.configuration().policies();
        if (policies != null && policies.entities() != null) {
          Place place = Places.nearest(reading.source(), "policies", "entities").place();
          all.add(new Assumption(name, "what `" + policies.entities() + "` says of groups", place));
        }
        for (PolicyList.Stated policy : policies(reading)) {
          all.add(
              new Assumption(
                  name, "what the policy `" + policy.id() + "` decides", policy.place()));
        }
      } else {
        Place place = Places.nearest(reading.source(), "decision-points", point).place();
        all.add(new Assumption(name, "what `" + point + "` decides", place));
      }
    }
    return all;
  }

  /// Who decides over an API beside its contract.
  static List<String> points(Reading reading, Api api) {
    List<String> named = api.decideBy();
    boolean embedded = reading.configuration().policies() != null;
    return named != null ? named : embedded ? List.of(CedarPoint.NAME) : List.of();
  }

  /// The policies of a configuration.
  static List<PolicyList.Stated> policies(Reading reading) {
    Policies policies = reading.configuration().policies();
    return policies == null
        ? List.of()
        : PolicyList.of(
            new CedarSettings(
                reading.folder(),
                Places.nearest(reading.source(), "policies").place(),
                policies.files(),
                List.of(),
                null,
                null,
                List.of(),
                Map.of(),
                List.of()));
  }

  private static @Nullable Place excused(
      Reading reading, String guard, Operation operation, LocalDate today) {
    ExceptionEntry entry =
        reading.configuration().excuse(guard, operation.id().api(), operation.id().name(), today);
    if (entry == null || entry.lowered() == Mode.ENFORCE) {
      return null;
    }
    int index = reading.configuration().exceptions().indexOf(entry);
    return Places.nearest(reading.source(), "exceptions", String.valueOf(index)).place();
  }

  /// The operations that go by a name: `getOrder`, `shop.getOrder` or `GET /orders/{id}`.
  public List<OperationModel> named(String name) {
    List<OperationModel> found = new ArrayList<>();
    for (ApiModel api : byApi.values()) {
      for (OperationModel model : api.operations()) {
        if (names(model.operation()).contains(name)) {
          found.add(model);
        }
      }
    }
    return found;
  }

  /// What to write in place of a name that no operation has.
  public String advice(String name) {
    List<String> names = new ArrayList<>();
    boolean full = byApi.keySet().stream().anyMatch(api -> name.startsWith(api + "."));
    for (ApiModel api : byApi.values()) {
      for (OperationModel model : api.operations()) {
        List<String> all = names(model.operation());
        names.addAll(full ? all.subList(1, 2) : all);
      }
    }
    String advice = Nearest.advice(name, names);
    return advice.isEmpty() ? "there are " + count() + " others" : advice;
  }

  public int count() {
    return byApi.values().stream().mapToInt(each -> each.operations().size()).sum();
  }

  /// The model of the API of an operation.
  public ApiModel of(OperationModel model) {
    ApiModel api = byApi.get(model.operation().id().api());
    if (api == null) {
      throw new IllegalArgumentException("no API of that name");
    }
    return api;
  }

  private static List<String> names(Operation operation) {
    return List.of(
        operation.id().name(),
        operation.id().toString(),
        operation.method() + " " + operation.path().text());
  }
}
