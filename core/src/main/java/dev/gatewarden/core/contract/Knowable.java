package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectType.KnownBy;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Whose objects can be known without the response of the operation itself.
final class Knowable {
  private final TypeReader types;

  /// Types whose owner some operation learns at their creation.
  private final Set<String> learned = new HashSet<>();

  /// @param operations all of the contract, with their bindings
  Knowable(Collection<Operation> operations, TypeReader types) {
    this.types = types;
    for (Operation operation : operations) {
      for (ObjectBinding binding : operation.objects().list()) {
        if (binding.learn()) {
          learned.add(binding.type().name());
        }
      }
    }
  }

  /// Whether somebody can tell before forwarding whose an object is, where these grants depend on
  /// it.
  boolean knowable(ObjectType type, Collection<Grant> grants) {
    return !needsFacts(type, grants)
        || ownedById(type)
        || type.readBy() != null && type.knownBy().contains(KnownBy.LOOK_UP) && !type.hidden()
        || type.knownBy().contains(KnownBy.RELATION)
            && (types.related(type) || learned.contains(type.name()));
  }

  /// Whether the gate may have learned whose objects of the type are.
  boolean related(ObjectType type) {
    return type.knownBy().contains(KnownBy.RELATION)
        && (types.related(type) || learned.contains(type.name()));
  }

  /// Whether who may touch the object depends on the object.
  static boolean needsFacts(ObjectType type, Collection<Grant> grants) {
    if (grants.contains(new Grant.Anyone())) {
      return false;
    }
    return type.tenant() != null
        || grants.contains(new Grant.Owner())
        || grants.contains(new Grant.Tenant());
  }

  /// Whether the id is itself the owner, as where the object is the caller.
  private static boolean ownedById(ObjectType type) {
    return type.ownedById() && type.tenant() == null;
  }
}
