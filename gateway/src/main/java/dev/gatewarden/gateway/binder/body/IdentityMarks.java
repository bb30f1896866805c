package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.contract.PointerPattern;
import dev.gatewarden.core.contract.Selector;
import dev.gatewarden.core.contract.TypeSchemas;
import dev.gatewarden.core.exchange.Reading.Meaning;
import dev.gatewarden.core.exchange.Reading.Role;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where a request that writes an object may say which it is and whose.
public final class IdentityMarks {
  private IdentityMarks() {}

  /// Marks those places of a body that is the object, or holds objects.
  public static void in(ObjectMarks marks, int number, ObjectBinding binding) {
    PointerPattern root = TypeSchemas.takenAt(binding);
    if (root == null || binding.does() == Does.ACT) {
      return;
    }
    of(number, binding)
        .forEach(
            (at, meaning) -> {
              PointerPattern place = root.then(at);
              if (!(binding.id() instanceof Selector.Body(PointerPattern id))
                  || !id.equals(place)) {
                Set<PointerPattern> spellings = new LinkedHashSet<>(List.of(place));
                Slot.dotted(place, spellings);
                spellings.forEach(each -> marks.marked(meaning, each));
              }
            });
  }

  /// Marks what the answer to an update shows of an object whose owner is known from relations.
  public static void shown(ObjectMarks marks, int number, ObjectBinding binding) {
    PointerPattern root = follows(binding) ? TypeSchemas.shownAt(binding) : null;
    if (root != null) {
      of(number, binding).forEach((at, meaning) -> marks.marked(meaning, root.then(at)));
    }
  }

  /// Whether what happens to the objects of a binding may change whose they are, as far as that is
  /// known from relations.
  public static boolean follows(ObjectBinding binding) {
    return binding.does() == Does.UPDATE
        && binding.type().knownBy().contains(ObjectType.KnownBy.RELATION);
  }

  /// What the members of an object say of which it is and whose, by their pointers.
  public static Map<PointerPattern, Meaning> of(int number, ObjectBinding binding) {
    ObjectType type = binding.type();
    Map<PointerPattern, Meaning> parts = new LinkedHashMap<>();
    if (binding.does() == Does.UPDATE) {
      parts.put(type.id().at(), new Meaning.Identity(number, Role.ID, type.name()));
    }
    PointerPattern owner = type.owner() == null ? null : type.owner().at();
    if (owner != null) {
      parts.putIfAbsent(owner, new Meaning.Identity(number, Role.OWNER, type.name()));
    }
    PointerPattern tenant = type.tenant() == null ? null : type.tenant().at();
    if (tenant != null) {
      parts.putIfAbsent(tenant, new Meaning.Identity(number, Role.TENANT, type.name()));
    }
    type.parents()
        .forEach(
            (name, at) -> parts.putIfAbsent(at, new Meaning.Identity(number, Role.PARENT, name)));
    return parts;
  }
}
