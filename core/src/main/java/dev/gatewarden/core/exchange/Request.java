package dev.gatewarden.core.exchange;

import java.time.Instant;

/// The head of a request in its one reading.
///
/// @param scheme what the caller spoke: that of the connection, or what a trusted forwarder says it
///     spoke to it
/// @param host the host the caller addressed, lower case, without the port
/// @param port the port the caller addressed, or -1 where it named none
/// @param at when the head was complete
public record Request(
    String method,
    String scheme,
    String host,
    int port,
    Target target,
    Headers headers,
    Peer peer,
    Instant at) {

  /// A request to the port that the scheme stands for.
  public Request(
      String method,
      String scheme,
      String host,
      Target target,
      Headers headers,
      Peer peer,
      Instant at) {
    this(method, scheme, host, -1, target, headers, peer, at);
  }

  /// The same request with its values in another form.
  public Request with(Target other, Headers fields) {
    return new Request(method, scheme, host, port, other, fields, peer, at);
  }
}
