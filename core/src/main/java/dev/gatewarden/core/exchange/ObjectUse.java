package dev.gatewarden.core.exchange;

import dev.gatewarden.core.contract.ObjectBinding;
import java.util.Map;

/// An object that the request names.
///
/// @param id in the canonical form of the type's ids, so that equality of text is equality of ids
/// @param within the ids of its parents by their type, in the same form
public record ObjectUse(ObjectBinding binding, String id, Map<String, String> within) {}
