package dev.gatewarden.gateway.walk;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// A request that every guard has let pass: the only thing that reaches an upstream. Only the Pipeline makes one.
public interface Cleared {

  /// The method as it goes out; GET where a HEAD is judged by the response it stands for.
  String method();

  /// The canonical target, with the upstream's base path in front.
  String target();

  /// The `Host` (or `:authority`) of the upstream.
  String authority();

  /// The header lines as they go out, without any framing or hop-by-hop field.
  HeaderLines headers();

  /// Where it may go; the transport picks one that is healthy.
  Upstreams upstreams();

  /// The time from forwarding to the last byte of the response head.
  Duration deadline();

  /// The protocol to switch to (`websocket`), or empty.
  String upgrade();

  /// The places one upstream has.
  ///
  /// @param name the API's name, the key of the connection pool
  /// @param http2 whether to speak HTTP/2 without negotiation over plain text (`h2c`); over TLS, ALPN decides
  record Upstreams(String name, List<Place> places, boolean http2) {}

  /// One address of an upstream.
  record Place(InetSocketAddress address, boolean tls, String host) {}
}
