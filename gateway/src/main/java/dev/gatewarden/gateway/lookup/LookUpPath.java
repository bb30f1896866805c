package dev.gatewarden.gateway.lookup;

import dev.gatewarden.core.canon.PathReader;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.PathTemplate;
import dev.gatewarden.core.contract.Selector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The path of a look-up: the template of the look-up operation, filled with typed ids that are
/// encoded anew, and with nothing else.
final class LookUpPath {
  private LookUpPath() {}

  /// The path below the API's base, or null when the template needs something that is not known.
  static @Nullable String of(
      Operation operation, ObjectType type, String id, Map<String, String> within) {
    ObjectBinding binding = binding(operation, type);
    if (binding == null) {
      return null;
    }
    StringBuilder path = new StringBuilder();
    for (PathTemplate.Segment segment : operation.path().segments()) {
      path.append('/');
      for (PathTemplate.Part part : segment.parts()) {
        String text =
            switch (part) {
              case PathTemplate.Literal(String literal) -> literal;
              case PathTemplate.Variable(String name) -> value(binding, name, id, within);
            };
        if (text == null) {
          return null;
        }
        path.append(PathReader.encode(text));
      }
    }
    return path.toString();
  }

  static @Nullable ObjectBinding binding(Operation operation, ObjectType type) {
    for (ObjectBinding binding : operation.objects().list()) {
      if (binding.type().name().equals(type.name())) {
        return binding;
      }
    }
    return null;
  }

  private static @Nullable String value(
      ObjectBinding binding, String name, String id, Map<String, String> within) {
    if (reads(binding.id(), name)) {
      return id;
    }
    for (Map.Entry<String, Selector> parent : binding.within().entrySet()) {
      if (reads(parent.getValue(), name)) {
        return within.get(parent.getKey());
      }
    }
    return null;
  }

  private static boolean reads(@Nullable Selector selector, String name) {
    return selector instanceof Selector.PathParameter(String parameter) && parameter.equals(name);
  }
}
