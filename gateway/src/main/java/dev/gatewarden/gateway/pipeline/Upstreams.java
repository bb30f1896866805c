package dev.gatewarden.gateway.pipeline;

import java.net.InetSocketAddress;
import java.util.List;

/// The places where one API's service runs.
///
/// @param name the API's name
/// @param http2 whether to speak HTTP/2 over plain text without negotiation (RFC 9113, section
///     3.3); over TLS, ALPN decides
/// @param resilience how it is spared when it is in trouble
public record Upstreams(String name, List<Place> places, boolean http2, Resilience resilience) {
  public Upstreams {
    places = List.copyOf(places);
  }

  /// A service that is spared as usual.
  public Upstreams(String name, List<Place> places, boolean http2) {
    this(name, places, http2, Resilience.DEFAULT);
  }

  /// One address. The name is resolved when a connection is opened.
  ///
  /// @param host as it stands in `Host` and in the certificate
  public record Place(InetSocketAddress address, boolean tls, String host) {}
}
