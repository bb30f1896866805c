package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Headers;

/// The head of the upstream's response, framed beyond doubt.
///
/// @param length the declared length of the body in bytes; 0 for none, -1 when it is not declared
public record ResponseHead(int status, Headers headers, long length) {}
