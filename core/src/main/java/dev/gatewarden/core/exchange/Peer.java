package dev.gatewarden.core.exchange;

import dev.gatewarden.core.address.Ip;

/// Who is at the other end of the connection.
///
/// @param address where the request comes from: the connection's address, or what a trusted
///     forwarder vouches for
/// @param encrypted whether the caller came over TLS
public record Peer(Ip address, boolean encrypted) {}
