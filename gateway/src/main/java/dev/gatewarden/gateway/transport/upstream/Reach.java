package dev.gatewarden.gateway.transport.upstream;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How upstreams are reached.
///
/// @param connectTime for a connection with its handshake
/// @param restTime how long an unused connection is kept; shorter than what services commonly keep
/// @param connections to one place, for each worker
/// @param head bytes of a response head
/// @param fields header lines of a response head
/// @param authorities certificates (PEM) trusted beside the certificate's own checks; null for the
///     platform's
public record Reach(
    Duration connectTime,
    Duration restTime,
    int connections,
    int head,
    int fields,
    @Nullable Path authorities) {
  public static final Reach DEFAULT =
      new Reach(Duration.ofSeconds(3), Duration.ofSeconds(30), 1024, 64 * 1024, 200, null);
}
