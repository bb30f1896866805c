package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.contract.Content;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.contract.RequestBody;
import dev.gatewarden.core.contract.SchemaSource;
import dev.gatewarden.core.contract.Shape;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.finding.Remedy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may write a property, at the property itself; where the contract does not know it, that the
/// object has no others than those it knows.
final class PropertyEdit {
  private PropertyEdit() {}

  /// @param place `body#/role`; what is wrong with an answer needs no edit
  static @Nullable Remedy of(Operation operation, String place, Edits edits) {
    Pointer pointer =
        place.startsWith("body#/") ? Pointer.parse(place.substring("body#".length())) : null;
    Shape around = shape(operation);
    if (pointer == null || around == null) {
      return null;
    }
    List<String> path = pointer.tokens();
    for (String step : path.subList(0, path.size() - 1)) {
      Shape items = Pointer.index(step) < 0 ? null : around.items();
      around = items == null ? around.members().get(step) : items;
      if (around == null) {
        return null;
      }
    }
    String name = path.getLast();
    return around.members().containsKey(name)
        ? declared(around, name, operation, edits)
        : undeclared(around, operation, edits);
  }

  private static @Nullable Shape shape(Operation operation) {
    RequestBody body = operation.body();
    for (Content.MediaType each :
        body == null ? List.<Content.MediaType>of() : body.content().types().values()) {
      SchemaSource schema = each.schema();
      if (schema != null) {
        return Shape.of(schema);
      }
    }
    return null;
  }

  private static @Nullable Remedy declared(
      Shape around, String name, Operation operation, Edits edits) {
    for (Obj schema : around.schemas()) {
      if (schema.get("properties") instanceof Obj properties
          && properties.get(name) instanceof Obj property
          // words beside a reference count for nothing in most contracts
          && property.get("$ref") == null
          && edits.add(property, "x-gatewarden-write", Json.of(List.of()))) {
        return new Remedy.Edit(
            "let nobody write `"
                + name
                + (Uses.elsewhere(edits.document(), schema, operation)
                    ? "` wherever its schema is used, `" + operation.id().name() + "` among others"
                    : "` by `" + operation.id().name() + "`")
                + ", or name the roles that may",
            edits.changes(),
            false);
      }
    }
    return null;
  }

  private static @Nullable Remedy undeclared(Shape around, Operation operation, Edits edits) {
    List<Obj> schemas = around.schemas();
    Node open = schemas.size() == 1 ? schemas.getFirst().get("additionalProperties") : Json.NULL;
    return open == null
            && !Uses.elsewhere(edits.document(), schemas.getFirst(), operation)
            && schemas.getFirst().get("properties") != null
            && edits.add(schemas.getFirst(), "additionalProperties", Json.of(false))
        ? new Remedy.Edit(
            "say that `" + operation.id().name() + "` takes no other fields than those it names",
            edits.changes(),
            false)
        : null;
  }
}
