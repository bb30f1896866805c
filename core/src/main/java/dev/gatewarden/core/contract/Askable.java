package dev.gatewarden.core.contract;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Whether the service may have to be asked for objects before a request is forwarded to it.
public final class Askable {
  private Askable() {}

  /// Whether any object that an operation touches, lies below, or has written into it is of a type
  /// that is looked up.
  ///
  /// @param types the contract's, by name
  public static boolean is(Operation operation, Map<String, ObjectType> types) {
    for (ObjectBinding binding : operation.objects().list()) {
      Set<String> names = new HashSet<>(binding.within().keySet());
      names.add(binding.type().name());
      if (!operation.safe()) {
        names.addAll(binding.type().parents().keySet());
        binding.type().references().forEach(each -> names.add(each.type()));
      }
      for (String name : names) {
        ObjectType type = types.get(name);
        if (type != null && type.lookedUp()) {
          return true;
        }
      }
    }
    return false;
  }
}
