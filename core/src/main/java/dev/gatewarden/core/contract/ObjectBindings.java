package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;
import java.util.List;

/// What a contract says about the objects an operation touches.
public sealed interface ObjectBindings {

  /// The objects it touches; never empty.
  record Bound(List<ObjectBinding> each) implements ObjectBindings {
    public Bound {
      each = List.copyOf(each);
    }
  }

  /// It touches none, and why somebody may say so.
  record None(String because, Place place) implements ObjectBindings {}

  /// The contract does not say, and nothing in the operation looks like an id.
  record Unstated() implements ObjectBindings {}

  /// The contract should say and does not, or says it wrongly; an exception lets it load.
  record Unbound(String why) implements ObjectBindings {}

  /// The bindings, none unless bound.
  default List<ObjectBinding> list() {
    return this instanceof Bound(List<ObjectBinding> each) ? each : List.of();
  }
}
