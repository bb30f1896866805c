package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.identity.Secret;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where the shared state lies, and how long an answer may take.
///
/// @param tls whether the connection is encrypted, the server's certificate verified
/// @param user the name of the user, or null for the default one
/// @param password what it is proved by, or null
/// @param prefix what every key begins with, so that several installations share one Redis
/// @param patience how long an answer may take
/// @param nodes the least number of gates that the share of one is reckoned by, when Redis is gone
public record RedisSettings(
    String host,
    int port,
    boolean tls,
    int database,
    @Nullable String user,
    @Nullable Secret password,
    String prefix,
    Duration patience,
    int nodes) {
  public static final Duration PATIENCE = Duration.ofMillis(500);

  /// A server on this machine, or one that needs no password, with everything as by default.
  public static RedisSettings of(String host, int port) {
    return new RedisSettings(host, port, false, 0, null, null, "gatewarden", PATIENCE, 1);
  }

  /// The server as messages name it.
  String server() {
    return host + ":" + port;
  }
}
