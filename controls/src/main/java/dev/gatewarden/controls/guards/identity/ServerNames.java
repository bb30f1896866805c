package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.core.address.Ip;
import dev.gatewarden.core.exchange.Request;

/// Whether a request came over a connection that was made for its host.
///
/// A certificate was asked for, and shown, for the host that the TLS handshake named. A connection
/// that a client uses for another host as well (RFC 9113, section 9.1.1), or a handshake that named
/// another, proves nothing there.
final class ServerNames {
  private ServerNames() {}

  /// Whether the handshake named another host than the request does, or none where it could have.
  static boolean differ(Request request) {
    String named = request.peer().serverName();
    String host = request.host();
    // No name is sent for a bare address (RFC 6066, section 3).
    return named.isEmpty() ? !isAddress(host) : !named.equals(host);
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[") || Ip.parse(host) != null;
  }
}
