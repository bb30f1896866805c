package dev.gatewarden.gateway.binder;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Delivery;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectBinding.Foreign;
import dev.gatewarden.core.contract.Selector;
import java.util.List;

/// Which bindings let an answer pass item by item.
final class ItemBindings {
  private ItemBindings() {}

  /// Whether each object that an answer shows is an item of it that can be cut out by itself.
  static boolean pass(List<ObjectBinding> bindings) {
    for (int i = 0; i < bindings.size(); i++) {
      ObjectBinding binding = bindings.get(i);
      boolean apart =
          !ResponseBinder.shows(binding)
              || binding.delivery() == Delivery.OPAQUE
              || (binding.does() == Does.LIST
                  && binding.foreign() == Foreign.FILTER
                  && binding.items() instanceof Selector.ResponseBody(var at)
                  && (at.steps().isEmpty() || at.toString().equals("/*")));
      if (!apart) {
        return false;
      }
    }
    return true;
  }
}
