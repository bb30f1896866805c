package dev.gatewarden.gateway.walk;

import dev.gatewarden.core.exchange.Headers;
import dev.gatewarden.core.exchange.Peer;

/// The head of a request as the Listener hands it on: framed beyond doubt, not yet read.
///
/// @param target the request target in origin form, as it was sent
/// @param authority the one host the caller addressed, with the port if it was given; never empty
/// @param protocol `1.0`, `1.1` or `2`
/// @param length the declared length of the body in bytes; 0 for none, -1 when it is not declared
///     (chunked, or an open HTTP/2 stream)
/// @param headers names are lower case
/// @param wantsUpgrade the protocol the caller asks to switch to, lower case, or empty
public record RequestHead(
    String method,
    String target,
    String scheme,
    String authority,
    Headers headers,
    Peer peer,
    String protocol,
    long length,
    String wantsUpgrade) {}
