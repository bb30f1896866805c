package dev.gatewarden.core.exchange;

import java.time.Instant;

/// The head of a request in its one reading.
///
/// @param host the host the caller addressed, lower case, without the port
/// @param at when the head was complete
public record Request(
    String method,
    String scheme,
    String host,
    Target target,
    Headers headers,
    Peer peer,
    Instant at) {}
