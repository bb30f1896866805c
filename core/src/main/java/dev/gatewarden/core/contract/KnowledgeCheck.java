package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether whose an object is can be known in time: before what cannot be undone, and in the
/// response
/// where that alone decides.
final class KnowledgeCheck {
  private final TypeReader types;
  private final Knowable knowable;
  private final SelectorCheck selectors;

  KnowledgeCheck(TypeReader types, Knowable knowable, SelectorCheck selectors) {
    this.types = types;
    this.knowable = knowable;
    this.selectors = selectors;
  }

  /// The side effect of an unsafe verb has happened when the response comes.
  void knownBeforehand(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.does().reads() || binding.does() == Does.CREATE) {
      return;
    }
    if (isUntold(binding, notes)) {
      return;
    }
    if (!knowable.knowable(binding.type(), binding.grants())) {
      notes.problem(
          binding.place(),
          "`"
              + operation.id().name()
              + "` changes a `"
              + Nodes.shown(binding.type().name())
              + "` whose owner only the response would show",
          "give the type `read-by: OPERATION`, or let its creation `learn: owner`");
    }
  }

  /// What nothing shows, somebody has to have told: a creation or an import.
  private boolean isUntold(ObjectBinding binding, Notes notes) {
    ObjectType type = binding.type();
    boolean untold =
        type.hidden() && Knowable.needsFacts(type, binding.grants()) && !knowable.related(type);
    if (untold) {
      notes.problem(
          binding.place(),
          "nothing tells whose a `"
              + Nodes.shown(type.name())
              + "` is: its owner has no `at`, and nobody learns it",
          "let its creation `learn: owner`, or write `known-by: [relation]` where relations are"
              + " imported");
    }
    return untold;
  }

  /// A parent is not in the child's response.
  void parentsKnown(ObjectBinding binding, Notes notes) {
    for (String name : binding.within().keySet()) {
      ObjectType parent = types.types().get(name);
      if (parent != null && !knowable.knowable(parent, parent.access().read())) {
        notes.problem(
            binding.place(),
            "the owner of the parent `"
                + Nodes.shown(name)
                + "` can only be known from its own response",
            "give that type `read-by: OPERATION`");
      }
    }
  }

  /// What nobody can look into can be neither judged nor cut when it comes back.
  void opaque(Operation operation, ObjectBinding binding, Notes notes) {
    if (binding.delivery() != ObjectBinding.Delivery.OPAQUE) {
      return;
    }
    boolean one =
        binding.does() == Does.READ && !knowable.knowable(binding.type(), binding.grants());
    boolean many =
        binding.does() == Does.LIST
            && binding.filter() == null
            && Knowable.needsFacts(binding.type(), binding.grants());
    if (one || many) {
      notes.problem(
          binding.place(),
          "`"
              + operation.id().name()
              + "` answers with what the gate cannot look into, and "
              + (one
                  ? "nothing else tells whose the `" + Nodes.shown(binding.type().name()) + "` is"
                  : "nothing keeps the objects of others out of it"),
          one
              ? "give the type `read-by: OPERATION`, or let its creation `learn: owner`"
              : "write `filter: {at: query.OWNER, is: principal.subject}`");
    }
  }

  /// Where the response alone decides, it must be able to show what decides.
  void factsInResponse(Operation operation, ObjectBinding binding, Notes notes) {
    ObjectType type = binding.type();
    boolean list = binding.does() == Does.LIST;
    if ((list || binding.does() == Does.READ) && isUntold(binding, notes)) {
      return;
    }
    if (list && type.hidden() && Knowable.needsFacts(type, binding.grants())) {
      PointerPattern items = base(binding);
      boolean inside = binding.delivery() != ObjectBinding.Delivery.OPAQUE;
      if (items != null && inside && binding.id() == null) {
        shown(operation, binding, items.then(type.id().at()), "id", notes);
      }
      return;
    }
    if ((!list && binding.does() != Does.READ)
        || !Knowable.needsFacts(type, binding.grants())
        || binding.delivery() == ObjectBinding.Delivery.OPAQUE
        || (!list && knowable.knowable(type, binding.grants()))
        || (list && knowable.related(type))) {
      return;
    }
    PointerPattern base = base(binding);
    if (base == null) {
      return;
    }
    PointerPattern owner = type.owner() == null ? null : type.owner().at();
    if (owner != null && binding.grants().contains(new Grant.Owner())) {
      shown(operation, binding, base.then(owner), "owner", notes);
    }
    PointerPattern tenant = type.tenant() == null ? null : type.tenant().at();
    if (tenant != null) {
      shown(operation, binding, base.then(tenant), "tenant", notes);
    }
  }

  private static @Nullable PointerPattern base(ObjectBinding binding) {
    if (binding.items() == null) {
      return PointerPattern.ROOT;
    }
    if (binding.does() == Does.READ) {
      return binding.items() instanceof Selector.ResponseBody(PointerPattern at) ? at : null;
    }
    return binding.items() instanceof Selector.ResponseBody(PointerPattern at)
        ? at.then(new PointerPattern(List.of(new PointerPattern.Each())))
        : null;
  }

  private void shown(
      Operation operation, ObjectBinding binding, PointerPattern at, String what, Notes notes) {
    if (!SelectorCheck.readable(operation)) {
      notes.problem(
          binding.place(),
          "the "
              + what
              + " of a `"
              + Nodes.shown(binding.type().name())
              + "` is read from the response, and `"
              + operation.id().name()
              + "` promises no JSON body with a schema on success",
          "give the type `read-by: OPERATION`");
    } else if (!selectors.canHold(operation, at)) {
      notes.problem(
          binding.place(),
          "the "
              + what
              + " of a `"
              + Nodes.shown(binding.type().name())
              + "` should stand at `"
              + at
              + "` of the response, and its schema has no such member");
    }
  }
}
