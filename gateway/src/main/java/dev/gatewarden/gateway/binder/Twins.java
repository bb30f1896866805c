package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Parameter;
import dev.gatewarden.core.contract.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Other parameters of an operation that say the same id: a service may read either of them.
final class Twins {
  private Twins() {}

  /// The parameters with the name of the one that a selector reads, at other places; `orderId`,
  /// `order_id` and `X-Order-Id` are one name.
  static List<Selector> of(Operation operation, Selector id) {
    String name = name(id);
    List<Selector> twins = new ArrayList<>();
    if (name == null) {
      return twins;
    }
    for (Parameter parameter : operation.parameters()) {
      Selector selector = selector(parameter);
      if (selector != null
          && !selector.equals(id)
          && bare(parameter.name()).equals(bare(name))
          && !isBound(operation, selector)) {
        twins.add(selector);
      }
    }
    return twins;
  }

  private static boolean isBound(Operation operation, Selector selector) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (selector.equals(binding.id()) || binding.within().containsValue(selector)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String name(Selector selector) {
    return switch (selector) {
      case Selector.PathParameter(String name) -> name;
      case Selector.QueryParameter(String name) -> name;
      case Selector.Header(String name) -> name;
      case Selector.Cookie(String name) -> name;
      default -> null;
    };
  }

  private static @Nullable Selector selector(Parameter parameter) {
    String name = parameter.name();
    return switch (parameter.in()) {
      case PATH -> new Selector.PathParameter(name);
      case QUERY -> new Selector.QueryParameter(name);
      case HEADER -> new Selector.Header(name);
      case COOKIE -> new Selector.Cookie(name);
      case QUERYSTRING -> null;
    };
  }

  private static String bare(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    StringBuilder bare = new StringBuilder();
    for (int i = lower.startsWith("x-") ? 2 : 0; i < lower.length(); i++) {
      if (Character.isLetterOrDigit(lower.charAt(i))) {
        bare.append(lower.charAt(i));
      }
    }
    return bare.toString();
  }
}
