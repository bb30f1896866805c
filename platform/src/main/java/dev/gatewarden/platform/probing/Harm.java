package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.Identity;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.platform.probing.Target.May;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may not be sent, whatever a probe or an explorer wishes: what would change or delete
/// something that the tester did not make.
final class Harm {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final Set<May> may;
  private final KnownObjects objects;
  private final Memory memory;
  private final Contract contract;
  private final Tidying tidying;

  private final List<Identity> people;

  /// @param people who were there before
  Harm(
      Contract contract,
      Set<May> may,
      KnownObjects objects,
      Memory memory,
      Tidying tidying,
      List<Identity> people) {
    this.people = List.copyOf(people);
    this.contract = contract;
    this.tidying = tidying;
    this.may = may;
    this.objects = objects;
    this.memory = memory;
  }

  /// Why a request may not be sent, or null where it may.
  @Nullable String in(Draft draft) {
    String method = meant(draft);
    Operation operation = draft.operation();
    if (SAFE.contains(method)) {
      boolean sweeps = method.equals("GET") && draft.raw().isEmpty() && Mild.sweeps(operation);
      return !sweeps || may.contains(May.ACT) ? null : refusal(May.ACT);
    }
    if (draft.raw().isEmpty() && draft.path().values().stream().anyMatch(Harm::isElsewhere)) {
      return "its path would name something else than it says";
    }
    if (memory.isAmongNewcomers(draft, people)) {
      return null;
    }
    List<ObjectBinding> bindings = operation.objects().list();
    boolean declared = method.equals(operation.method());
    if (bindings.isEmpty()) {
      May needed = unbound(draft, method, declared);
      return needed == null || may.contains(needed) ? null : refusal(needed);
    }
    for (ObjectBinding binding : bindings) {
      May needed = declared ? of(operation, binding) : of(method);
      if (needed != null && !may.contains(needed) && !spares(draft, binding)) {
        return refusal(needed);
      }
    }
    return null;
  }

  /// Whether an id in a path leads away from where it stands: `/orders/..` is no order.
  static boolean isElsewhere(String id) {
    return id.isEmpty() || id.equals(".") || id.equals("..");
  }

  private static String refusal(May needed) {
    return "it changes what was there before; permit it by `--may "
        + needed.name().toLowerCase(Locale.ROOT)
        + "`";
  }

  /// Whether an operation that binds nothing may be sent by somebody, whatever it names.
  boolean spares(Operation operation, Identity as) {
    return may.contains(May.ACT) || Mild.adds(contract, operation, as);
  }

  /// The method that a service may take it for.
  private static String meant(Draft draft) {
    for (Draft.Pair each : draft.headers()) {
      String name = each.name().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-http-method") || name.equals("x-method-override")) {
        return each.value().toUpperCase(Locale.ROOT);
      }
    }
    for (String name : List.of("_method", "method", "http_method")) {
      List<String> said = new ArrayList<>(values(draft.query(), name));
      said.add(String.valueOf(Json.scalar(Json.at(draft.body(), List.of(name)))));
      for (String each : said) {
        String method = each.toUpperCase(Locale.ROOT);
        if (CHANGING.contains(method)) {
          return method;
        }
      }
    }
    boolean disguised =
        draft.method().equals("GET") && !draft.operation().safe() && !draft.query().isEmpty();
    // what a body says may stand in the address of a GET
    return disguised && draft.raw().isEmpty() ? draft.operation().method() : draft.method();
  }

  private @Nullable May unbound(Draft draft, String method, boolean declared) {
    boolean made = memory.isMade(draft) && !isElsewhere(draft);
    boolean named = !draft.operation().path().variables().isEmpty() || !draft.raw().isEmpty();
    return switch (method) {
      case "DELETE" -> made ? null : May.DELETE;
      case "PUT", "PATCH" -> made ? null : May.UPDATE;
      default -> {
        boolean adds = !named && Mild.adds(contract, draft.operation(), draft.as());
        yield declared && (made || adds) ? null : May.ACT;
      }
    };
  }

  /// What is put where something may stand already changes that.
  private static @Nullable May of(Operation operation, ObjectBinding binding) {
    boolean puts = List.of("PUT", "PATCH", "DELETE").contains(operation.method());
    return switch (binding.does()) {
      case READ, LIST, AGGREGATE -> puts ? of(operation.method()) : null;
      case CREATE -> puts ? May.UPDATE : null;
      case UPDATE -> May.UPDATE;
      case DELETE -> May.DELETE;
      case ACT -> May.ACT;
    };
  }

  private static May of(String method) {
    return switch (method) {
      case "DELETE" -> May.DELETE;
      case "PUT", "PATCH" -> May.UPDATE;
      default -> May.ACT;
    };
  }

  /// Whether all objects that a draft names were made by the tester, or are none.
  private boolean spares(Draft draft, ObjectBinding binding) {
    List<String> ids = binding.id() == null ? List.of() : named(draft, binding.id());
    return !ids.isEmpty()
        && !isElsewhere(draft)
        && ids.stream().allMatch(each -> spares(binding.type(), each));
  }

  /// Whether its path is written otherwise than its values say.
  private static boolean isElsewhere(Draft draft) {
    return !draft.raw().isEmpty() && !path(draft.raw()).equals(path(draft.raw("").target()));
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private boolean spares(ObjectType type, String id) {
    if (tidying.isMade(type, id)) {
      return true;
    }
    for (KnownObject each : objects.of(type.name())) {
      if (each.id().equals(id)) {
        return each.made();
      }
    }
    return objects.isGone(type, id) || id.equals(objects.absent(type));
  }

  /// Everything that stands where a binding reads an id; nothing where that cannot be told.
  private static List<String> named(Draft draft, Selector place) {
    return switch (place) {
      case Selector.PathParameter(String name) -> {
        String value = draft.path().get(name);
        yield value == null ? List.of() : List.of(value);
      }
      case Selector.QueryParameter(String name) ->
          draft.raw().contains("?") ? List.of() : values(draft.query(), name);
      case Selector.Header(String name) -> values(draft.headers(), name);
      case Selector.Body(var at) -> opaque(draft) ? List.of() : texts(draft, at);
      case Selector.Part(String name) -> {
        String value = Json.scalar(Json.at(draft.body(), List.of(name)));
        yield value == null || opaque(draft) ? List.of() : List.of(value);
      }
      default -> List.of();
    };
  }

  /// Whether nobody can tell what its body names.
  private static boolean opaque(Draft draft) {
    return draft.written() != null || draft.bytes() != null;
  }

  private static List<String> texts(Draft draft, PointerPattern at) {
    List<String> texts = new ArrayList<>();
    for (Node each : Places.at(draft.body(), at)) {
      String text = Json.scalar(each);
      if (text == null) {
        return List.of();
      }
      texts.add(text);
    }
    return texts;
  }

  private static List<String> values(List<Draft.Pair> pairs, String name) {
    List<String> values = new ArrayList<>();
    for (Draft.Pair each : pairs) {
      if (each.name().equalsIgnoreCase(name)) {
        values.add(each.value());
      }
    }
    return values;
  }
}
