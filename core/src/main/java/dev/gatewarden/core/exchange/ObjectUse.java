package dev.gatewarden.core.exchange;

import dev.gatewarden.core.contract.ObjectBinding;
import java.util.Map;

/// An object that the request names.
///
/// @param id in the canonical form of the type's ids, so that equality of text is equality of ids
/// @param within the ids of its parents by their type, in the same form
/// @param nameFrom the first byte of the name of the item that names it, or `from` where it has
///     none
/// @param from the first byte of the item of a batch that names it; else 0
/// @param to behind the last byte of that item; else 0
public record ObjectUse(
    ObjectBinding binding, String id, Map<String, String> within, int nameFrom, int from, int to) {

  /// An object that an item of a list names.
  public ObjectUse(ObjectBinding binding, String id, Map<String, String> within, int from, int to) {
    this(binding, id, within, from, from, to);
  }

  /// An object that the request as a whole names.
  public ObjectUse(ObjectBinding binding, String id, Map<String, String> within) {
    this(binding, id, within, 0, 0, 0);
  }
}
