package dev.gatewarden.controls.probes;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Selector;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Operations that read the one object whose id ends their path, whatever list their contract says
/// that it comes in.
public final class Ones {
  private Ones() {}

  /// The binding as one that reads a single object by its id; null where it does nothing of the
  /// kind.
  public static @Nullable ObjectBinding read(Operation operation, ObjectBinding binding) {
    if (!operation.safe()) {
      return null;
    }
    if (binding.does() == Does.READ && binding.id() != null && !binding.id().afterwards()) {
      return binding;
    }
    String last = last(operation);
    if (binding.does() != Does.LIST
        || binding.id() != null
        || last == null
        || !means(binding.type(), last)) {
      return null;
    }
    return new ObjectBinding(
        binding.type(),
        Does.READ,
        new Selector.PathParameter(last),
        binding.within(),
        binding.items(),
        binding.foreign(),
        null,
        binding.batch(),
        false,
        binding.access(),
        null,
        binding.delivery(),
        binding.place());
  }

  /// The path of the collection above the object; null where none is.
  public static @Nullable String above(Operation operation) {
    String path = operation.path().text();
    int cut = path.lastIndexOf('/');
    return last(operation) == null || cut < 1 ? null : path.substring(0, cut);
  }

  /// The variable that a path ends with.
  private static @Nullable String last(Operation operation) {
    List<String> variables = operation.path().variables();
    return variables.isEmpty()
            || !operation.path().text().endsWith("/{" + variables.getLast() + "}")
        ? null
        : variables.getLast();
  }

  /// `/books/{book_title}` means a book by its title, `/customers/{id}` may mean anything.
  private static boolean means(ObjectType type, String variable) {
    String id = type.id().at().toString();
    String own = plain(id.substring(id.lastIndexOf('/') + 1));
    String name = plain(variable);
    String kind = plain(type.name());
    return (name.equals(own) && !name.equals("id"))
        || name.equals(kind)
        || name.equals(kind + "id");
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
