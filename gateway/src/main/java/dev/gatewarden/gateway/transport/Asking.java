package dev.gatewarden.gateway.transport;

import java.util.Set;

/// Of which callers a certificate is asked in the TLS handshake, by the host they name there
/// (RFC 6066, section 3). They may come without; who needs one says so later, by an answer that
/// people can read.
///
/// @param hosts lower case; each has sessions of its own, so that none is resumed at another
/// @param everywhere whether callers of all other hosts are asked too
public record Asking(Set<String> hosts, boolean everywhere) {
  public static final Asking NOBODY = new Asking(Set.of(), false);

  public Asking {
    hosts = Set.copyOf(hosts);
  }
}
