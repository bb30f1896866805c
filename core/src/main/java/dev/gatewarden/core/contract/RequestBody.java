package dev.gatewarden.core.contract;

import dev.gatewarden.core.document.Place;

/// What a request may carry.
///
/// @param required whether a request without a body breaks the contract
public record RequestBody(boolean required, Content content, Place place) {}
