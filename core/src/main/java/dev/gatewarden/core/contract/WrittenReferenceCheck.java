package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import java.util.List;

/// Whether the objects whose ids a request writes into another can be judged.
final class WrittenReferenceCheck {
  private final TypeReader types;
  private final Knowable knowable;

  WrittenReferenceCheck(TypeReader types, Knowable knowable) {
    this.types = types;
    this.knowable = knowable;
  }

  /// What a request writes into an object is not in the response either.
  void check(Operation operation, ObjectBinding binding, Notes notes) {
    if (operation.body() == null
        || (binding.does() != Does.CREATE
            && binding.does() != Does.UPDATE
            && binding.does() != Does.ACT)) {
      return;
    }
    for (ObjectType.Reference each : binding.type().references()) {
      ObjectType type = types.types().get(each.type());
      undeclared(operation, binding, each, notes);
      if (type != null
          && !knowable.knowable(type, type.access().read())
          && holds(operation, each.at())) {
        notes.problem(
            binding.place(),
            "`"
                + operation.id().name()
                + "` can write the id of a `"
                + Nodes.shown(each.type())
                + "`, whose owner can only be known from its own response",
            "give that type `read-by: OPERATION`, or let its creation `learn: owner`");
      }
    }
  }

  /// A service that is not strict about names takes other spellings of a member for it, and only a
  /// declared name lets the gate refuse these.
  private static void undeclared(
      Operation operation, ObjectBinding binding, ObjectType.Reference each, Notes notes) {
    RequestBody body = operation.body();
    for (Content.MediaType type :
        body == null ? List.<Content.MediaType>of() : body.content().types().values()) {
      SchemaSource source = type.schema();
      if (source != null
          && SelectorCheck.json(type.range())
          && new SchemaReach(new Resolver(source.references())).reach(source.schema(), each.at())
              instanceof SchemaReach.Outcome.Reached reached
          && reached.schemas().isEmpty()
          && !type.range().equals("application/json-patch+json")) {
        notes.warning(
            binding.place(),
            "`"
                + operation.id().name()
                + "` takes any member, `"
                + each.at()
                + "` of a `"
                + Nodes.shown(binding.type().name())
                + "` among them, and only a declared name is seen in every spelling",
            "declare it in the schema of the body");
        return;
      }
    }
  }

  private static boolean holds(Operation operation, PointerPattern member) {
    RequestBody body = operation.body();
    if (body == null || member.steps().isEmpty()) {
      return false;
    }
    for (Content.MediaType type : body.content().types().values()) {
      if (type.schema() != null && !SchemaPlaces.of(type.schema(), member).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
