package dev.gatewarden.gateway.binder.body;

import dev.gatewarden.core.schema.Bounds;
import dev.gatewarden.core.schema.UnknownFields;

/// How the messages of one operation are read in one direction.
///
/// @param unknownFields what a field means that the contract does not declare
/// @param bounds what no message may exceed
/// @param parts how many parts a multipart body may have
/// @param relaxed whether the guard that needs the reading is excused, so that what cannot be
///     judged is no fault of the contract
/// @param undeclaredCookies whether a cookie that the contract does not declare breaks it
public record Manner(
    UnknownFields unknownFields,
    Bounds bounds,
    int parts,
    boolean relaxed,
    boolean undeclaredCookies) {

  /// The usual number of parts of a multipart body.
  public static final int PARTS = 100;

  /// The same within other bounds.
  Manner within(Bounds other) {
    return new Manner(unknownFields, other, parts, relaxed, undeclaredCookies);
  }
}
