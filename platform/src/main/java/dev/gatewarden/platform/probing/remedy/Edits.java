package dev.gatewarden.platform.probing.remedy;

import dev.gatewarden.core.contract.Contract;
import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.document.Json;
import dev.gatewarden.core.document.Node;
import dev.gatewarden.core.document.Node.Obj;
import dev.gatewarden.core.document.Place;
import dev.gatewarden.core.document.Pointer;
import dev.gatewarden.core.finding.Remedy.Change;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Changes of one contract that are being gathered; each leads to a place in the contract's own
/// document, so that it can be laid over it as well.
final class Edits {
  private static final String COMPONENTS = "components";
  private static final String TYPES = "x-gatewarden-objects";

  private final Contract contract;
  private final List<Change> changes = new ArrayList<>();

  Edits(Contract contract) {
    this.contract = contract;
  }

  /// The contract's own document.
  Obj document() {
    return contract.source();
  }

  List<Change> changes() {
    return changes;
  }

  /// Adds a member to an operation; false where the operation stands in another document, or says
  /// it already.
  boolean add(Operation operation, String member, Node value) {
    return add(operation.source(), member, value);
  }

  /// Adds a member to an object of the contract; false where it stands in another document, or has
  /// it already.
  boolean add(Obj object, String member, Node value) {
    if (!stands(object.place()) || object.get(member) != null) {
      return false;
    }
    changes.add(new Change.Add(object.place(), member, Json.text(value)));
    return true;
  }

  /// Adds the object types that the contract's own document does not have.
  boolean types(Map<String, Node> types) {
    Map<String, Node> missing = new LinkedHashMap<>(types);
    Obj root = contract.source();
    Node components = root.get(COMPONENTS);
    Node stated = components instanceof Obj object ? object.get(TYPES) : null;
    if (stated instanceof Obj object) {
      missing.keySet().removeIf(name -> object.get(name) != null);
      boolean all = true;
      for (Map.Entry<String, Node> each : missing.entrySet()) {
        all &= add(object, each.getKey(), each.getValue());
      }
      return all;
    }
    return components instanceof Obj object
        ? add(object, TYPES, Json.of(missing))
        : add(root, COMPONENTS, Json.of(Map.of(TYPES, Json.of(missing))));
  }

  private boolean stands(Place place) {
    @Nullable Pointer pointer = Pointer.parse(place.pointer());
    return place.origin().equals(contract.source().place().origin())
        && pointer != null
        && Json.at(contract.source(), Objects.requireNonNull(pointer).tokens()) instanceof Obj;
  }
}
