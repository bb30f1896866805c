package dev.gatewarden.core.exchange;

import dev.gatewarden.core.contract.ObjectBinding;
import dev.gatewarden.core.contract.ObjectType;
import dev.gatewarden.core.exchange.ObjectFacts.Fact;

/// A value that a request would write into an object, and that says which it is or leads to another
/// one.
///
/// @param binding whose object it is written into
/// @param type the type of the id; the binding's own where it is no id
/// @param fact the value; ids in the canonical form of their type
/// @param from the first byte of the item that holds it, where a batch judges each item for itself;
///     else 0
/// @param to behind the last byte of that item; else 0
public record Written(
    ObjectBinding binding, Kind kind, ObjectType type, Fact fact, int from, int to) {

  /// What is written.
  public enum Kind {
    /// Once more the id of the object itself.
    ID,
    /// The id of another object: a parent, or what the type names in `refs`.
    REFERENCE,
    /// Whose tenant's the object is to be; odd where that is taken away.
    TENANT,
    /// The inside could not be read, and nobody knows what it writes.
    UNREAD
  }
}
