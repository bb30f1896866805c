package dev.gatewarden.core.design;

import dev.gatewarden.core.contract.ContractSummary;
import dev.gatewarden.core.contract.Lifecycle;
import dev.gatewarden.core.contract.NameWords;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBindings;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Permission;
import dev.gatewarden.core.contract.SecurityScheme;
import dev.gatewarden.core.contract.Server;
import dev.gatewarden.core.contract.StepUp;
import dev.gatewarden.core.contract.TenantRule;
import dev.gatewarden.core.decision.Threat;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Classifier;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Shapes.Shape;
import dev.gatewarden.core.finding.Shapes.Way;
import dev.gatewarden.core.finding.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What makes a threat apply to an operation, and what its contract states against it.
final class Bearings {
  private static final Set<String> IDS =
      Set.of("id", "ids", "uuid", "guid", "uid", "key", "number");
  private static final Set<String> ADDRESSES =
      Set.of("url", "uri", "callback", "webhook", "endpoint", "href");

  private final Audited contract;
  private final Map<Integer, Set<String>> addresses = new HashMap<>();
  private final Map<Integer, Set<String>> narrowed = new HashMap<>();
  private final Map<Integer, Map<String, Integer>> bounds = new HashMap<>();
  private final Map<Integer, Set<String>> properties = new HashMap<>();
  private final Map<Integer, Sensitivity> answers = new HashMap<>();

  Bearings(Audited contract) {
    this.contract = contract;
    for (Way way : Way.values()) {
      contract.shapes().all(way).forEach(each -> shape(each, way));
    }
  }

  private void shape(Shape shape, Way way) {
    Node.Obj schema = shape.schema();
    boolean taken = way != Way.RESPONSE;
    boolean address = taken && address(shape);
    boolean narrow = Tree.has(schema, "enum") || Tree.has(schema, "pattern");
    String bound = taken ? bound(schema) : null;
    String property = property(schema, taken);
    Sensitivity shown =
        taken || Tree.isTrue(schema.get("writeOnly"))
            ? null
            : Classifier.of(shape.property(), schema);
    if (!address && bound == null && property == null && shown == null) {
      return;
    }
    for (Operation each : contract.shapes().operations(shape, way)) {
      if (address) {
        addresses.computeIfAbsent(each.index(), _ -> new TreeSet<>()).add(shape.name());
        if (narrow) {
          narrowed.computeIfAbsent(each.index(), _ -> new TreeSet<>()).add(shape.name());
        }
      }
      if (shown != null) {
        answers.merge(each.index(), shown, (a, b) -> a.compareTo(b) > 0 ? a : b);
      }
      if (bound != null) {
        bounds.computeIfAbsent(each.index(), _ -> new TreeMap<>()).merge(bound, 1, Integer::sum);
      }
      if (property != null) {
        properties.computeIfAbsent(each.index(), _ -> new TreeSet<>()).add(property);
      }
    }
  }

  private static boolean address(Shape shape) {
    if (shape.property() == null
        || shape.reference()
        || Tree.isTrue(shape.schema().get("readOnly"))) {
      return false;
    }
    List<String> words = NameWords.of(shape.property());
    String type = Tree.text(shape.schema(), "type");
    return !words.isEmpty()
        && (type == null || type.equals("string"))
        && (ADDRESSES.contains(words.getLast())
            || "uri".equals(Tree.text(shape.schema(), "format")));
  }

  private static @Nullable String bound(Node.Obj schema) {
    for (String word : List.of("maxLength", "maxItems", "maximum", "maxProperties")) {
      if (Tree.has(schema, word)) {
        return word;
      }
    }
    return null;
  }

  private static @Nullable String property(Node.Obj schema, boolean taken) {
    String said = Tree.text(schema, "x-gatewarden-class");
    if (said != null) {
      return "class " + said;
    }
    if (taken && Tree.isFalse(schema.get("additionalProperties"))) {
      return "nothing beside what is described (additionalProperties: false)";
    }
    if (taken && Tree.isTrue(schema.get("readOnly"))) {
      return "readOnly properties";
    }
    if (!taken && Tree.isTrue(schema.get("writeOnly"))) {
      return "writeOnly properties";
    }
    for (String word : List.of("x-gatewarden-read", "x-gatewarden-write", "x-gatewarden-mask")) {
      if (schema.get(word) != null) {
        return word;
      }
    }
    return null;
  }

  /// What makes a threat apply, or null where it does not by itself.
  @Nullable String why(Threat threat, Operation operation) {
    return switch (threat) {
      case API1_OBJECT_AUTHORIZATION -> objects(operation);
      case API2_AUTHENTICATION -> {
        Sensitivity worst = worst(operation);
        yield operation.security().isPublic() && operation.safe() && worst == Sensitivity.INTERNAL
            ? null
            : contract.exposure(operation).words();
      }
      case API3_PROPERTY_AUTHORIZATION -> {
        Sensitivity shown = answers.getOrDefault(operation.index(), Sensitivity.INTERNAL);
        if (shown.compareTo(Sensitivity.PERSONAL) >= 0) {
          yield "it answers what looks " + shown.word();
        }
        yield operation.body() != null && !operation.safe() ? "it takes a body" : null;
      }
      case API4_RESOURCE_CONSUMPTION ->
          operation.body() != null
              ? "each call sends a body to work on"
              : listed(operation) ? "it answers a list" : "each call costs";
      case API5_FUNCTION_AUTHORIZATION -> {
        if (operation.security().isPublic()) {
          yield null;
        }
        yield operation.safe() && Permission.in(operation.extensions()) == null
            ? null
            : operation.safe()
                ? "only some roles may call it"
                : "it changes something (" + operation.method() + ")";
      }
      case API6_BUSINESS_FLOWS ->
          operation.extensions().get("flow") != null
              ? "the contract calls it a step of a flow"
              : null;
      case API7_SSRF -> {
        Set<String> names = addresses.getOrDefault(operation.index(), Set.of());
        yield names.isEmpty() ? null : "callers name an address in " + some(names);
      }
      case API8_MISCONFIGURATION -> null;
      case API9_INVENTORY -> {
        Lifecycle life = Lifecycle.in(operation.extensions());
        boolean old = Tree.isTrue(operation.source().get("deprecated"));
        yield life != null && life.state() != Lifecycle.State.ACTIVE
            ? "it is " + life.state().word()
            : old ? "it is deprecated" : null;
      }
      case API10_UNSAFE_CONSUMPTION ->
          operation.source().get("callbacks") != null
              ? "the service calls others because of it"
              : null;
    };
  }

  private Sensitivity worst(Operation operation) {
    Sensitivity shown = contract.answers(operation);
    Sensitivity takes = contract.takes(operation);
    return shown.compareTo(takes) > 0 ? shown : takes;
  }

  private static @Nullable String objects(Operation operation) {
    Set<String> named = new TreeSet<>();
    operation.objects().list().forEach(each -> named.add(each.type().name()));
    if (!named.isEmpty()) {
      return "it touches objects: " + some(named);
    }
    for (Parameter each : operation.parameters()) {
      List<String> words = NameWords.of(each.name());
      if (each.in() == Parameter.In.PATH
          && !words.isEmpty()
          && (IDS.contains(words.getLast()) || words.getLast().endsWith("id"))) {
        named.add(each.name());
      }
    }
    return named.isEmpty() ? null : "callers name an object by " + some(named);
  }

  private boolean listed(Operation operation) {
    return operation.responses().byStatus().values().stream()
        .filter(each -> each.status().startsWith("2"))
        .flatMap(each -> each.content().types().values().stream())
        .map(each -> each.schema() == null ? null : contract.object(each.schema().schema()))
        .anyMatch(each -> each != null && Tree.texts(each.get("type")).contains("array"));
  }

  /// What the contract states against a threat.
  List<String> stated(Threat threat, Operation operation) {
    List<String> all = new ArrayList<>();
    switch (threat) {
      case API1_OBJECT_AUTHORIZATION -> bindings(operation, all);
      case API2_AUTHENTICATION -> proofs(operation, all);
      case API3_PROPERTY_AUTHORIZATION ->
          all.addAll(properties.getOrDefault(operation.index(), Set.of()));
      case API4_RESOURCE_CONSUMPTION -> limits(operation, all);
      case API5_FUNCTION_AUTHORIZATION -> functions(operation, all);
      case API6_BUSINESS_FLOWS -> flows(operation, all);
      case API7_SSRF -> {
        Set<String> names = narrowed.getOrDefault(operation.index(), Set.of());
        if (!names.isEmpty()) {
          all.add("enum or pattern of " + some(names));
        }
      }
      case API8_MISCONFIGURATION -> transport(all);
      case API9_INVENTORY -> life(operation, all);
      case API10_UNSAFE_CONSUMPTION -> {
        if (signed(operation)) {
          all.add("a signature goes with each call");
        }
      }
    }
    return all;
  }

  private static void bindings(Operation operation, List<String> all) {
    switch (operation.objects()) {
      case ObjectBindings.Bound(List<ObjectBinding> each) ->
          each.forEach(binding -> all.add("binding: " + ContractSummary.binding(binding)));
      case ObjectBindings.None none -> all.add("touches no object: " + none.because());
      case ObjectBindings.Unstated _, ObjectBindings.Unbound _ -> {}
    }
    TenantRule tenant = operation.tenant();
    if (tenant != null) {
      all.add("tenant: " + tenant.places() + " is " + tenant.is().text());
    }
  }

  private static void proofs(Operation operation, List<String> all) {
    if (operation.security().stated()) {
      all.add("security: " + ContractSummary.security(operation.security()));
    }
    StepUp step = StepUp.in(operation.extensions());
    if (step != null) {
      all.add("step-up: " + step.text());
    }
  }

  private void limits(Operation operation, List<String> all) {
    if (operation.responses().byStatus().containsKey("429")) {
      all.add("429 is promised");
    }
    if (operation.extensions().get("limits") != null) {
      all.add("x-gatewarden-limits");
    }
    Map<String, Integer> found = bounds.getOrDefault(operation.index(), Map.of());
    if (!found.isEmpty()) {
      List<String> words = new ArrayList<>();
      found.forEach((word, times) -> words.add(times + " " + word));
      all.add("bounds: " + String.join(", ", words));
    }
  }

  private static void functions(Operation operation, List<String> all) {
    Permission asked = Permission.in(operation.extensions());
    if (asked != null) {
      all.add("role: " + asked.text());
    }
    Set<String> scopes = new TreeSet<>();
    boolean each = !operation.security().alternatives().isEmpty();
    for (var alternative : operation.security().alternatives()) {
      boolean asks = false;
      for (var need : alternative.needs()) {
        asks |= !need.scopes().isEmpty();
        scopes.addAll(need.scopes());
      }
      each &= asks;
    }
    if (each) {
      all.add("scope: " + some(scopes));
    }
  }

  private static void flows(Operation operation, List<String> all) {
    if (operation.extensions().get("flow") != null) {
      all.add("x-gatewarden-flow");
    }
    if (operation.extensions().get("limits") != null) {
      all.add("x-gatewarden-limits");
    }
    if (operation.responses().byStatus().containsKey("429")) {
      all.add("429 is promised");
    }
    for (Parameter each : operation.parameters()) {
      if (each.name().toLowerCase(Locale.ROOT).endsWith("idempotency-key")) {
        all.add("idempotency: " + each.name());
      }
    }
  }

  private void transport(List<String> all) {
    List<Server> servers = contract.contract().servers();
    if (servers.stream().allMatch(each -> each.url().startsWith("https://"))) {
      all.add("https only");
    }
  }

  private void life(Operation operation, List<String> all) {
    Lifecycle life = Lifecycle.in(operation.extensions());
    if (life != null) {
      all.add(
          "lifecycle: "
              + life.state().word()
              + (life.sunset() == null ? "" : ", sunset " + life.sunset()));
    }
    if (!contract.contract().version().isBlank()) {
      all.add("version " + contract.contract().version());
    }
  }

  /// Whether every call that the service makes because of it has a header for its signature.
  private boolean signed(Operation operation) {
    Node.Obj callbacks = Tree.object(operation.source(), "callbacks");
    if (callbacks == null || callbacks.entries().isEmpty()) {
      return false;
    }
    for (Node.Member callback : callbacks.entries()) {
      Node.Obj addresses = contract.object(callback.value());
      if (addresses == null) {
        return false;
      }
      for (Node.Member address : addresses.entries()) {
        Node.Obj item = contract.object(address.value());
        if (item == null
            || item.entries().stream()
                .map(each -> contract.object(each.value()))
                .noneMatch(each -> each != null && header(each) || header(item))) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean header(Node.Obj holder) {
    for (Node each : Tree.items(holder.get("parameters"))) {
      String name = Tree.text(contract.object(each), "name");
      if (name != null && NameWords.of(name).contains("signature")) {
        return true;
      }
    }
    return false;
  }

  /// What says afterwards who called: a credential of a person or a program, not a key that many
  /// share.
  List<String> told(Operation operation) {
    List<String> all = new ArrayList<>();
    if (!operation.security().stated() || operation.security().admitsAnonymous()) {
      return all;
    }
    Set<String> names = new TreeSet<>();
    for (var alternative : operation.security().alternatives()) {
      boolean named = false;
      for (var need : alternative.needs()) {
        SecurityScheme scheme = contract.contract().schemes().get(need.scheme());
        if (scheme != null && !(scheme.kind() instanceof SecurityScheme.ApiKey)) {
          named = true;
          names.add(need.scheme());
        }
      }
      if (!named) {
        return all;
      }
    }
    all.add("the caller is named by " + some(names));
    return all;
  }

  private static String some(Set<String> names) {
    List<String> all = List.copyOf(new TreeSet<>(names));
    return all.size() <= 3
        ? String.join(", ", all)
        : String.join(", ", all.subList(0, 3)) + " and " + (all.size() - 3) + " more";
  }
}
