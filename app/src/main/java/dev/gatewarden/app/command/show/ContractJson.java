package dev.gatewarden.app.command.show;

import dev.gatewarden.app.text.Json;
import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ContractSummary;
import dev.gatewarden.core.contract.Flows;
import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.Security;
import dev.gatewarden.core.contract.StepUp;
import dev.gatewarden.core.contract.Unbounded;
import dev.gatewarden.core.contract.UnusedComponents;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Problem;
import dev.gatewarden.core.limit.DurationText;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was understood of a contract, for programs.
public final class ContractJson {
  private ContractJson() {}

  /// All of it.
  public static String of(Contract contract) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("file", contract.source().place().origin().name());
    all.put("title", contract.title());
    all.put("version", contract.version());
    all.put("dialect", Words.dialect(contract));
    all.put("servers", contract.servers().stream().map(each -> (Object) each.url()).toList());
    Map<String, Object> schemes = new LinkedHashMap<>();
    contract.schemes().forEach((name, scheme) -> schemes.put(name, Words.scheme(scheme)));
    all.put("securitySchemes", schemes);
    all.put(
        "objects",
        contract.types().values().stream()
            .map(each -> (Object) ContractSummary.type(each))
            .toList());
    List<Object> operations = new ArrayList<>();
    Flows flows = Flows.of(contract);
    contract.operations().forEach(each -> operations.add(tree(flows, each)));
    all.put("operations", operations);
    List<Object> calls = new ArrayList<>();
    contract.outbound().forEach(each -> calls.add(each.method() + " " + each.name()));
    all.put("outbound", calls);
    all.put("properties", properties(contract));
    List<Object> unused = new ArrayList<>();
    UnusedComponents.of(contract).forEach(each -> unused.add(named(each.name(), each.place())));
    all.put("unused", unused);
    Unbounded unbounded = Unbounded.in(contract);
    Map<String, Object> hints = new LinkedHashMap<>();
    hints.put("texts", unbounded.texts().size());
    hints.put("lists", unbounded.lists().size());
    all.put("unbounded", hints);
    List<Object> warnings = new ArrayList<>();
    contract.warnings().forEach(each -> warnings.add(warning(each)));
    all.put("warnings", warnings);
    return Json.text(all);
  }

  /// One operation.
  public static String of(Contract contract, Operation operation) {
    return Json.text(tree(Flows.of(contract), operation));
  }

  private static Map<String, Object> tree(Flows flows, Operation operation) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", operation.id().name());
    tree.put("method", operation.method());
    tree.put("path", operation.path().text());
    tree.put("at", place(operation.place()));
    if (operation.security().stated()) {
      tree.put("security", security(operation.security()));
    }
    Permission permission = Permission.in(operation.extensions());
    if (permission != null) {
      tree.put("roles", List.copyOf(permission.roles()));
    }
    tree.put("objects", objects(operation.objects()));
    Lifecycle life = Lifecycle.in(operation.extensions());
    if (life != null) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("state", life.state().word());
      LocalDate since = life.since();
      LocalDate sunset = life.sunset();
      if (since != null) {
        about.put("since", since.toString());
      }
      if (sunset != null) {
        about.put("sunset", sunset.toString());
      }
      tree.put("lifecycle", about);
    }
    StepUp stepUp = StepUp.in(operation.extensions());
    if (stepUp != null) {
      Map<String, Object> about = new LinkedHashMap<>();
      Duration maxAge = stepUp.maxAge();
      if (!stepUp.acr().isEmpty()) {
        about.put("acr", List.copyOf(stepUp.acr()));
      }
      if (maxAge != null) {
        about.put("maxAge", DurationText.write(maxAge));
      }
      tree.put("stepUp", about);
    }
    List<Flows.Seat> steps = flows.at(operation);
    if (!steps.isEmpty()) {
      tree.put("flow", steps.stream().map(each -> each.step().summary()).toList());
    }
    List<Object> parameters = new ArrayList<>();
    operation.parameters().forEach(each -> parameters.add(parameter(each)));
    tree.put("parameters", parameters);
    RequestBody body = operation.body();
    if (body != null) {
      Map<String, Object> about = new LinkedHashMap<>();
      about.put("required", body.required());
      about.put("content", content(body.content()));
      tree.put("body", about);
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    operation
        .responses()
        .byStatus()
        .forEach(
            (status, response) -> {
              Map<String, Object> about = new LinkedHashMap<>();
              about.put(
                  "headers",
                  response.headers().stream().map(each -> (Object) each.name()).toList());
              about.put("content", content(response.content()));
              responses.put(status, about);
            });
    tree.put("responses", responses);
    return tree;
  }

  private static Object security(Security security) {
    List<Object> alternatives = new ArrayList<>();
    for (Security.Alternative alternative : security.alternatives()) {
      Map<String, Object> needs = new LinkedHashMap<>();
      alternative.needs().forEach(each -> needs.put(each.scheme(), each.scopes()));
      alternatives.add(needs);
    }
    return alternatives;
  }

  private static Object objects(ObjectBindings objects) {
    return switch (objects) {
      case ObjectBindings.Bound(List<ObjectBinding> each) ->
          each.stream().map(ContractSummary::binding).toList();
      case ObjectBindings.None none -> Map.of("none", none.because());
      case ObjectBindings.Unbound(String why) -> Map.of("unknown", why);
      case ObjectBindings.Unstated _ -> List.of();
    };
  }

  private static Map<String, Object> parameter(Parameter parameter) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("in", parameter.in().name().toLowerCase(Locale.ROOT));
    tree.put("name", parameter.name());
    tree.put("required", parameter.required());
    tree.put("written", Words.written(parameter));
    tree.put("schema", Shapes.of(parameter.schema()));
    return tree;
  }

  private static Map<String, Object> content(Content content) {
    Map<String, Object> types = new LinkedHashMap<>();
    content.types().forEach((range, type) -> types.put(range, Shapes.of(type.schema())));
    return types;
  }

  private static List<Object> properties(Contract contract) {
    List<Object> rules = new ArrayList<>();
    for (PropertyRule rule : PropertyRule.of(contract)) {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("at", place(rule.place()));
      tree.putAll(rule.words());
      rules.add(tree);
    }
    return rules;
  }

  private static Map<String, Object> named(String name, Place place) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", name);
    tree.put("at", place(place));
    return tree;
  }

  private static Map<String, Object> warning(Problem problem) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("at", place(problem.place()));
    tree.put("message", problem.message());
    tree.put("advice", problem.advice());
    return tree;
  }

  private static Map<String, Object> place(Place place) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("file", place.origin().name());
    tree.put("line", place.line());
    tree.put("column", place.column());
    tree.put("pointer", place.pointer());
    return tree;
  }
}
