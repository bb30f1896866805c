package dev.gatewarden.core.contract;

import dev.gatewarden.core.contract.ObjectBinding.Does;
import dev.gatewarden.core.document.Nearest;
import dev.gatewarden.core.document.Place;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Whether the operation that a type names as its look-up can be called by the gate alone.
final class LookUpCheck {
  private final Map<String, Operation> operations;

  /// @param operations all of the contract, by name
  LookUpCheck(Map<String, Operation> operations) {
    this.operations = operations;
  }

  /// A look-up that needs a parent needs a request that names it.
  void reachable(Operation operation, ObjectBinding binding, Notes notes) {
    ObjectType type = binding.type();
    boolean asks =
        !binding.does().reads()
            && binding.id() != null
            && !binding.id().afterwards()
            && type.lookedUp()
            && Knowable.needsFacts(type, binding.grants());
    Operation read = asks && type.readBy() != null ? operations.get(type.readBy()) : null;
    if (read == null) {
      return;
    }
    for (ObjectBinding each : read.objects().list()) {
      if (!each.type().name().equals(type.name()) || each.does() != Does.READ) {
        continue;
      }
      for (String parent : each.within().keySet()) {
        if (!binding.within().containsKey(parent)) {
          notes.problem(
              binding.place(),
              "`"
                  + operation.id().name()
                  + "` does not say below which `"
                  + Nodes.shown(parent)
                  + "`, which the look-up `"
                  + Nodes.shown(read.id().name())
                  + "` needs",
              "write `within: {" + Nodes.shown(parent) + ": …}`");
        }
      }
    }
  }

  /// The look-up is a GET on the same type whose path the id fills.
  void readBy(ObjectType type, Notes notes) {
    if (type.readBy() == null) {
      return;
    }
    Operation read = operations.get(type.readBy());
    String what =
        "`read-by: " + Nodes.shown(type.readBy()) + "` of `" + Nodes.shown(type.name()) + "`";
    if (read == null) {
      notes.problem(
          type.place(),
          what + " names no operation",
          Nearest.advice(type.readBy(), operations.keySet()));
      return;
    }
    if (read.objects() instanceof ObjectBindings.Unbound) {
      return;
    }
    if (!read.method().equals("GET")) {
      notes.problem(type.place(), what + " is a " + read.method() + ", not a GET");
      return;
    }
    ObjectBinding binding = null;
    for (ObjectBinding each : read.objects().list()) {
      if (each.type().name().equals(type.name()) && each.does() == Does.READ) {
        binding = each;
      }
    }
    if (binding == null) {
      notes.problem(
          type.place(), what + " is not bound to read a `" + Nodes.shown(type.name()) + "`");
    } else if (!(binding.id() instanceof Selector.PathParameter)
        && !(binding.id() instanceof Selector.QueryParameter)) {
      notes.problem(type.place(), what + " takes its id neither from the path nor from the query");
    } else {
      filled(read, binding, type.place(), what, notes);
    }
  }

  /// The gate itself calls the look-up: nothing of it may be left open.
  private static void filled(
      Operation read, ObjectBinding binding, Place place, String what, Notes notes) {
    Set<Selector> known = new HashSet<>(binding.within().values());
    if (binding.id() != null) {
      known.add(binding.id());
    }
    Set<String> open = new TreeSet<>();
    for (Parameter parameter : read.parameters()) {
      boolean filled =
          switch (parameter.in()) {
            case PATH -> known.contains(new Selector.PathParameter(parameter.name()));
            case QUERY ->
                !parameter.required()
                    || known.contains(new Selector.QueryParameter(parameter.name()));
            case HEADER, COOKIE, QUERYSTRING -> !parameter.required();
          };
      if (!filled) {
        open.add(parameter.in().name().toLowerCase(Locale.ROOT) + "." + parameter.name());
      }
    }
    if (!open.isEmpty()) {
      notes.problem(
          place,
          what
              + " also needs "
              + Nodes.shown(String.join(", ", open))
              + ", which the id does not tell");
    }
  }
}
