package dev.gatewarden.gateway.binder.opaque;

import dev.gatewarden.core.exchange.Bytes;
import dev.gatewarden.core.opaque.Tenant;

/// The ids of opaque types in bodies of one kind; for any number of threads.
public sealed interface BodyIds permits FieldIds, IdPlaces, PatchIds {

  /// Puts ids in each other's place.
  Outcome swap(Bytes body, Swapping way, Tenant tenant);

  /// What became of a body.
  sealed interface Outcome {
    /// All of its ids have another in their place.
    record Done(Rewriting rewriting) implements Outcome {}

    /// One of its ids has none.
    record Strange() implements Outcome {}

    /// It is no JSON, or more than the bounds allow.
    record Unread() implements Outcome {}
  }
}
