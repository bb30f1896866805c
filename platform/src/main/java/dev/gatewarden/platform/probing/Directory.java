package dev.gatewarden.platform.probing;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.Responses;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Shape;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A list of people by nothing but their names, which members of a company have of each other.
final class Directory {
  private static final int DEEPEST = 4;

  private static final Pattern NAME =
      Pattern.compile(
          "_?id|uuid|.*name|handle|login|slug|avatar.*|picture|photo|image|url|href|type");

  private Directory() {}

  /// Whether callers are the objects of a type, nothing reads one alone, and lists show names.
  ///
  /// @param changed whether somebody was seen to change somebody else's
  static boolean is(Contract contract, ObjectType type, boolean changed) {
    if (changed || !type.ownedById()) {
      return false;
    }
    boolean any = false;
    for (Operation operation : contract.operations()) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (operation.safe() && binding.type().name().equals(type.name())) {
          if (binding.does() != Does.LIST || !namesAlone(operation)) {
            return false;
          }
          any = true;
        }
      }
    }
    return any;
  }

  private static boolean namesAlone(Operation operation) {
    for (Responses.Promised promised : operation.responses().byStatus().values()) {
      Content.MediaType json = promised.content().of("application/json");
      SchemaSource schema = json == null ? null : json.schema();
      Shape item =
          promised.status().startsWith("2") && schema != null ? item(Shape.of(schema), 0) : null;
      if (item != null) {
        return item.members().keySet().stream()
            .allMatch(each -> NAME.matcher(each.toLowerCase(Locale.ROOT)).matches());
      }
    }
    return false;
  }

  /// What stands in the first list of objects.
  private static @Nullable Shape item(Shape shape, int depth) {
    Shape items = shape.types().contains("array") ? shape.items() : null;
    if (items != null && !items.members().isEmpty()) {
      return items;
    }
    for (Map.Entry<String, Shape> each :
        depth < DEEPEST ? shape.members().entrySet() : Map.<String, Shape>of().entrySet()) {
      Shape below = item(each.getValue(), depth + 1);
      if (below != null) {
        return below;
      }
    }
    return null;
  }
}
