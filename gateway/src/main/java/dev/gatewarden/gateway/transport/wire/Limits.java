package dev.gatewarden.gateway.transport.wire;

import java.time.Duration;

/// The bounds within which requests are taken in.
///
/// @param head bytes of a head, from the method to the empty line
/// @param fields header lines of a head
/// @param target bytes of a request target
/// @param body bytes of any body, whatever a walk would admit
/// @param frame bytes of one WebSocket frame
/// @param streams open streams of one HTTP/2 connection
/// @param connections open connections of callers
/// @param headTime from the first byte of a head to its last; also for the TLS handshake
/// @param bodyTime the longest pause while a body is awaited
/// @param idleTime how long a connection of a caller may rest between requests
/// @param silence how long a stream or a WebSocket may carry nothing
public record Limits(
    int head,
    int fields,
    int target,
    long body,
    int frame,
    int streams,
    int connections,
    Duration headTime,
    Duration bodyTime,
    Duration idleTime,
    Duration silence) {

  public static final Limits DEFAULT =
      new Limits(
          16 * 1024,
          100,
          8 * 1024,
          1L << 30,
          1 << 20,
          128,
          10_000,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(75),
          Duration.ofMinutes(5));
}
