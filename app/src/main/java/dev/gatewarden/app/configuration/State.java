package dev.gatewarden.app.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// Where limits, sessions, once-only ids and revocations are kept: `memory`, or a Redis that
/// several gates share.
///
/// @param redis its address, `redis://host:port/database`, or `rediss://` over TLS; never with a
///     password in it. In this process alone when absent
/// @param user the name of the user the gate is to Redis, where it is not the default one
/// @param password where the password is kept
/// @param whenGone what becomes of limits and once-only ids while Redis is gone
/// @param nodes how many gates share it at least; by that, or by how many were seen last, the share
///     of one is reckoned
/// @param prefix what each key in Redis begins with
@OrText(pattern = "^(memory|rediss?://.+)$")
public record State(
    @Nullable URI redis,
    @Nullable String user,
    @Nullable SecretReference password,
    @Default("closed") WhenGone whenGone,
    @Default("1") int nodes,
    @Default("gatewarden") String prefix) {

  /// Nothing is shared.
  static final State MEMORY = new State(null, null, null, WhenGone.CLOSED, 1, "gatewarden");

  /// What becomes of what would have to be remembered in Redis while it is gone.
  public enum WhenGone {
    /// It is refused with 503.
    CLOSED,
    /// Each gate counts by itself, with its share of each limit; once-only ids are refused.
    LOCAL_SHARE
  }

  /// The place that a text names.
  ///
  /// @throws IllegalArgumentException when the text names none; it never repeats the text, which
  ///     may hold a password
  public static State parse(String text) {
    if (text.equals("memory")) {
      return MEMORY;
    }
    try {
      URI address = new URI(text);
      if (isRedis(address) && address.getHost() != null && address.getRawUserInfo() == null) {
        return new State(address, null, null, WhenGone.CLOSED, 1, "gatewarden");
      }
      if (address.getRawUserInfo() != null) {
        throw new IllegalArgumentException(
            "a secret stands here in the clear; write `{redis: …, password: env:NAME}`");
      }
    } catch (URISyntaxException noAddress) {
      throw new IllegalArgumentException(EXPECTED, noAddress);
    }
    throw new IllegalArgumentException(EXPECTED);
  }

  private static final String EXPECTED =
      "write `memory`, or an address such as `redis://host:6379`";

  /// Whether an address is one of Redis.
  static boolean isRedis(URI address) {
    return "redis".equals(address.getScheme()) || "rediss".equals(address.getScheme());
  }

  /// The number of the database that an address names; -1 where it names something else.
  public static int database(URI address) {
    String path = address.getRawPath();
    if (path == null || path.isEmpty() || path.equals("/")) {
      return 0;
    }
    boolean number = path.length() <= 4;
    for (int i = 1; i < path.length(); i++) {
      number &= path.charAt(i) >= '0' && path.charAt(i) <= '9';
    }
    return number ? Integer.parseInt(path, 1, path.length(), 10) : -1;
  }

  @Override
  public String toString() {
    return redis == null ? "memory" : redis.toString();
  }
}
