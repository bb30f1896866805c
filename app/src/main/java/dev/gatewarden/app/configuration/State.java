package dev.gatewarden.app.configuration;

import org.jspecify.annotations.Nullable;

/// Where limits, sessions, once-only ids and revocations are kept: `memory`, or a Redis that
/// several gates share.
///
/// @param redis its address, `redis://host:port/database`, or that of its sentinels,
///     `redis-sentinel://host:port,…/database#primary`; `rediss…` over TLS; never with a password
///     in it. In this process alone when absent
/// @param user the name of the user the gate is to Redis, where it is not the default one
/// @param password where the password is kept
/// @param tls whom the gate believes to be Redis, and how it proves itself to it
/// @param whenGone what becomes of limits and once-only ids while Redis is gone
/// @param nodes how many gates share it at least; by that, or by how many were seen last, the share
///     of one is reckoned
/// @param prefix what each key in Redis begins with
/// @param pepper where the secret is kept by which accounts and other names are digested that are
///     told
///     apart and not seen, at least 16 bytes: the same for all gates that share a Redis, or each of
///     them counts logins for itself; one that the gate makes in its state folder when absent
@OrText(pattern = "^(memory|rediss?(-sentinel)?://.+)$")
public record State(
    @Nullable RedisAddress redis,
    @Nullable String user,
    @Nullable SecretReference password,
    @Nullable Encryption tls,
    @Default("closed") WhenGone whenGone,
    @Default("1") int nodes,
    @Default("gatewarden") String prefix,
    @Nullable SecretReference pepper) {

  /// Nothing is shared.
  static final State MEMORY = at(null);

  /// Both ends of an encrypted connection.
  ///
  /// @param trust certificates of the issuers that are trusted here and nowhere else, in PEM; those
  ///     that Java trusts when absent
  /// @param certificate the gate's own, with its chain, in PEM, where Redis asks for one
  /// @param key its private key
  public record Encryption(
      @Nullable Location trust, @Nullable Location certificate, @Nullable SecretReference key) {}

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
    if (!text.startsWith("redis")) {
      throw new IllegalArgumentException(
          "write `memory`, or an address such as `redis://host:6379`");
    }
    return at(RedisAddress.parse(text));
  }

  private static State at(@Nullable RedisAddress redis) {
    return new State(redis, null, null, null, WhenGone.CLOSED, 1, "gatewarden", null);
  }

  @Override
  public String toString() {
    return redis == null ? "memory" : redis.toString();
  }
}
