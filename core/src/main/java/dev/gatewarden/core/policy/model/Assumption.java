package dev.gatewarden.core.policy.model;

import dev.gatewarden.core.document.Place;

/// Something that decides over a caller outside the model: it is believed, and never proved.
///
/// @param operation its full name, `shop.getOrder`; the API's where it concerns all of them
/// @param sentence what is believed
/// @param place where it is said
public record Assumption(String operation, String sentence, Place place) {}
