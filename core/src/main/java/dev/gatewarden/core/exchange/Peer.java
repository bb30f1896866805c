package dev.gatewarden.core.exchange;

import dev.gatewarden.core.address.Ip;
import java.security.cert.X509Certificate;
import java.util.List;

/// Who is at the other end of the connection.
///
/// @param address where the request comes from: the connection's address, or what a trusted
///     forwarder vouches for
/// @param encrypted whether the caller came over TLS
/// @param certificates the client certificate that the caller proved to hold, its issuers behind
///     it; empty where it presented none
/// @param serverName the host the caller asked for in the TLS handshake (RFC 6066, section 3),
///     lower case; empty where it named none
public record Peer(
    Ip address, boolean encrypted, List<X509Certificate> certificates, String serverName) {
  public Peer {
    certificates = List.copyOf(certificates);
  }

  /// A caller without a client certificate.
  public Peer(Ip address, boolean encrypted) {
    this(address, encrypted, List.of(), "");
  }

  /// The same caller, at the address that a trusted forwarder vouches for.
  public Peer at(Ip behind) {
    return new Peer(behind, encrypted, certificates, serverName);
  }
}
