package dev.gatewarden.demo.attack;

import org.jspecify.annotations.Nullable;

/// What one row came to on both sides.
///
/// @param gate null when there is no gate
/// @param reason why the gate said what it said; may be empty
/// @param expected whether both sides did what they should
public record Result(
    Row row, Outcome naked, @Nullable Outcome gate, String reason, boolean expected) {}
