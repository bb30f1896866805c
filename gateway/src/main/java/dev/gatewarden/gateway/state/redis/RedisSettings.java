package dev.gatewarden.gateway.state.redis;

import dev.gatewarden.core.identity.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the shared state lies, and how long an answer may take.
///
/// @param places the server, or the sentinels that know which one is the primary
/// @param primary the name under which sentinels know it; null where the server is named itself
/// @param tls how the connections are encrypted, the certificate of the other end always verified;
///     null where they are not
/// @param user the name of the user, or null for the default one
/// @param password what it is proved by, or null
/// @param prefix what every key begins with, so that several installations share one Redis
/// @param patience how long an answer may take
/// @param nodes the least number of gates that the share of one is reckoned by, when Redis is gone
public record RedisSettings(
    List<Place> places,
    @Nullable String primary,
    @Nullable Tls tls,
    int database,
    @Nullable String user,
    @Nullable Secret password,
    String prefix,
    Duration patience,
    int nodes) {
  public static final Duration PATIENCE = Duration.ofMillis(500);

  /// One server.
  public record Place(String host, int port) {}

  /// Both ends of an encrypted connection.
  ///
  /// @param trust certificates of issuers in PEM; those that Java trusts where null
  /// @param certificate the gate's own with its chain, in PEM, or null
  /// @param key its private key in PEM (PKCS #8), or null
  public record Tls(@Nullable Path trust, @Nullable Path certificate, @Nullable Secret key) {}

  /// A server on this machine, or one that needs no password, with everything as by default.
  public static RedisSettings of(String host, int port) {
    return new RedisSettings(
        List.of(new Place(host, port)), null, null, 0, null, null, "gatewarden", PATIENCE, 1);
  }

  /// The server as messages name it.
  String server() {
    StringBuilder text = new StringBuilder(primary == null ? "" : primary + " of ");
    for (int i = 0; i < places.size(); i++) {
      text.append(i == 0 ? "" : ",").append(places.get(i).host()).append(':');
      text.append(places.get(i).port());
    }
    return text.toString();
  }
}
