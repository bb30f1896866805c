package dev.gatewarden.gateway.transport.framing;

/// Told down the line in place of the bytes that were refused.
///
/// @param inHead whether no message of them exists
public record Refusal(Framing why, boolean inHead) {}
