package dev.gatewarden.app.configuration;

import java.time.Duration;

/// Bounds that hold for every API.
///
/// @param body the longest request or response body that is held to be judged
/// @param inFlight the most bytes held by all exchanges together; beyond it new bodies get 503
/// @param connections the most connections at once
/// @param headers the most bytes of a request's header lines
/// @param target the longest request target
/// @param drain how long requests in flight may take to end when the gate stops
public record Limits(
    @Default("1MiB") Size body,
    @Default("256MiB") Size inFlight,
    @Default("10000") int connections,
    @Default("32KiB") Size headers,
    @Default("8KiB") Size target,
    @Default("10s") Duration drain) {}
