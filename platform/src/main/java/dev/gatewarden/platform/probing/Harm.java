package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.probe.Draft;
import dev.gatewarden.core.probe.KnownObject;
import dev.gatewarden.platform.probing.Target.May;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may not be sent, whatever a probe or an explorer wishes: what would change or delete
/// something that the tester did not make.
final class Harm {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private final Set<May> may;
  private final KnownObjects objects;
  private final Memory memory;

  Harm(Set<May> may, KnownObjects objects, Memory memory) {
    this.may = may;
    this.objects = objects;
    this.memory = memory;
  }

  /// Why a request may not be sent, or null where it may.
  @Nullable String in(Draft draft) {
    String method = meant(draft);
    if (SAFE.contains(method)) {
      return null;
    }
    Operation operation = draft.operation();
    List<ObjectBinding> bindings = operation.objects().list();
    boolean declared = method.equals(operation.method());
    if (bindings.isEmpty()) {
      May needed = unbound(draft, method, declared);
      return needed == null || may.contains(needed) ? null : refusal(needed);
    }
    for (ObjectBinding binding : bindings) {
      May needed = declared ? of(binding.does()) : of(method);
      if (needed != null && !may.contains(needed) && !spares(draft, binding)) {
        return refusal(needed);
      }
    }
    return null;
  }

  private static String refusal(May needed) {
    return "it changes what was there before; permit it by `--may "
        + needed.name().toLowerCase(Locale.ROOT)
        + "`";
  }

  /// The method that a service may take it for.
  private static String meant(Draft draft) {
    for (Draft.Pair each : draft.headers()) {
      if (each.name().toLowerCase(Locale.ROOT).startsWith("x-http-method")
          || each.name().equalsIgnoreCase("x-method-override")) {
        return each.value();
      }
    }
    return draft.method();
  }

  private @Nullable May unbound(Draft draft, String method, boolean declared) {
    boolean made = draft.path().values().stream().allMatch(memory::isMade);
    return switch (method) {
      case "DELETE" -> made && !draft.path().isEmpty() ? null : May.DELETE;
      case "PUT", "PATCH" -> made && !draft.path().isEmpty() ? null : May.UPDATE;
      default -> declared && made ? null : May.ACT;
    };
  }

  private static @Nullable May of(ObjectBinding.Does does) {
    return switch (does) {
      case READ, LIST, AGGREGATE, CREATE -> null;
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

  /// Whether the object that a draft names was made by the tester, or is none.
  private boolean spares(Draft draft, ObjectBinding binding) {
    String id = binding.id() == null ? null : named(draft, binding.id());
    if (id == null) {
      return false;
    }
    for (KnownObject each : objects.of(binding.type().name())) {
      if (each.id().equals(id)) {
        return each.made();
      }
    }
    return objects.isGone(binding.type(), id) || id.equals(objects.absent(binding.type()));
  }

  private static @Nullable String named(Draft draft, Selector place) {
    return switch (place) {
      case Selector.PathParameter(String name) -> draft.path().get(name);
      case Selector.QueryParameter(String name) -> value(draft.query(), name);
      case Selector.Header(String name) -> value(draft.headers(), name);
      case Selector.Body(var at) -> Json.scalar(Json.at(draft.body(), Places.first(at)));
      case Selector.Part(String name) -> Json.scalar(Json.at(draft.body(), List.of(name)));
      default -> null;
    };
  }

  private static @Nullable String value(List<Draft.Pair> pairs, String name) {
    for (Draft.Pair each : pairs) {
      if (each.name().equalsIgnoreCase(name)) {
        return each.value();
      }
    }
    return null;
  }
}
