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
/// @param share how many of them one network may have
/// @param slowest bytes a second that a body must come at, and an answer be taken at, on the whole;
///     0
///     for any
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
    int share,
    int slowest,
    Duration headTime,
    Duration bodyTime,
    Duration idleTime,
    Duration silence) {

  private static final int TAKEN = 32 * 1024;

  public static final Limits DEFAULT =
      new Limits(
          16 * 1024,
          100,
          8 * 1024,
          1L << 30,
          1 << 20,
          128,
          10_000,
          2_500,
          500,
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(75),
          Duration.ofMinutes(5));

  /// How long a body may take of which so much has come.
  ///
  /// @return nanoseconds since it was asked for
  public long bodyNanos(long bytes) {
    return slowest == 0 ? Long.MAX_VALUE / 2 : bodyTime.toNanos() + worth(bytes);
  }

  /// How long it is waited for a caller to take what is between the two marks of a connection that
  /// is written to.
  public Duration reading() {
    Duration most = slowest == 0 ? silence : Duration.ofNanos(worth(TAKEN));
    return most.compareTo(silence) < 0 ? most : silence;
  }

  private long worth(long bytes) {
    return bytes > 1L << 32 ? Long.MAX_VALUE / 2 : bytes * 1_000_000_000L / slowest;
  }
}
