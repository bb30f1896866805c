package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType.KnownBy;
import java.util.List;

/// Which words of a binding belong together: what is done to an object needs the object, and words
/// that mean nothing where they stand are problems.
final class WordCheck {
  private WordCheck() {}

  /// What is done to an object needs the object.
  static void complete(Operation operation, ObjectBinding binding, Notes notes) {
    String does = Fields.word(binding.does());
    switch (binding.does()) {
      case UPDATE, DELETE, ACT -> {
        if (binding.id() == null) {
          notes.problem(binding.place(), "`does: " + does + "` needs `id`: which object?");
        } else if (binding.id().afterwards()) {
          notes.problem(
              binding.place(),
              "`does: " + does + "` reads the id from the response, when it has already happened");
        }
      }
      case LIST -> {
        if (binding.items() == null) {
          notes.problem(
              binding.place(),
              "`does: list` needs `items`: where do the objects stand?",
              "write `items: response.body#/data`");
        } else if (!binding.items().afterwards()) {
          notes.problem(binding.place(), "`items` should select from the response");
        }
      }
      case READ -> {
        if (binding.id() == null && !binding.type().knownBy().contains(KnownBy.RESPONSE)) {
          notes.problem(binding.place(), "`does: read` needs `id`: which object?");
        }
      }
      case CREATE -> {
        if (binding.learn() && binding.id() == null) {
          notes.problem(
              binding.place(),
              "`learn` needs `id`: which object is created?",
              "write `id: response.body#/id`");
        }
      }
      case AGGREGATE -> {}
    }
    if (binding.does() == Does.READ
        && operation.objects().list().size() == 1
        && !operation.safe()) {
      notes.warning(
          binding.place(),
          "`"
              + operation.id().name()
              + "` is a "
              + operation.method()
              + " that only reads, so it says");
    }
  }

  /// Words that mean nothing where they stand.
  static void fitting(ObjectBinding binding, Notes notes) {
    if (binding.learn() && binding.does() != Does.CREATE) {
      notes.problem(binding.place(), "`learn` belongs to `does: create`");
    }
    if (binding.count() != null && binding.does() != Does.LIST) {
      notes.problem(binding.place(), "`count` belongs to `does: list`");
    }
    if (binding.items() != null && binding.does() != Does.LIST && binding.does() != Does.READ) {
      notes.problem(binding.place(), "`items` belongs to `does: list`, `at` to `does: read`");
    }
    if (binding.filter() != null
        && binding.does() != Does.AGGREGATE
        && binding.does() != Does.LIST) {
      notes.problem(binding.place(), "`filter` belongs to `does: aggregate` and `does: list`");
    }
    List<Grant> own = binding.access();
    if (own != null) {
      granted(binding, own, notes);
    }
  }

  private static void granted(ObjectBinding binding, List<Grant> own, Notes notes) {
    ObjectType type = binding.type();
    if (own.contains(new Grant.Owner()) && type.owner() == null) {
      notes.problem(
          binding.place(),
          "`access` names the owner, and `" + Nodes.shown(type.name()) + "` has none");
    }
    if (type.tenant() == null) {
      GrantReader.crossesNothing(own, binding.place(), type.name(), notes);
    }
    if (own.contains(new Grant.Tenant()) && type.tenant() == null) {
      notes.problem(
          binding.place(),
          "`access` names the tenant, and `" + Nodes.shown(type.name()) + "` has none");
    }
  }
}
