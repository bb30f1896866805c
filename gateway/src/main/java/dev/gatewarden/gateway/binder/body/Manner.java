package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.UnknownFields;

/// How the messages of one operation are read in one direction.
///
/// @param unknownFields what a field means that the contract does not declare
/// @param bounds what no message may exceed, whatever its schema says
/// @param relaxed whether the guard that needs the reading is excused, so that what cannot be
///     judged is no fault of the contract
/// @param undeclaredCookies whether a cookie that the contract does not declare breaks it
public record Manner(
    UnknownFields unknownFields, Bounds bounds, boolean relaxed, boolean undeclaredCookies) {

  /// The same within other bounds.
  Manner within(Bounds other) {
    return new Manner(unknownFields, other, relaxed, undeclaredCookies);
  }
}
