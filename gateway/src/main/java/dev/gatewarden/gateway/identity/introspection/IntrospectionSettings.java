package dev.gatewarden.gateway.identity.introspection;

import java.time.Duration;

/// How an issuer is asked about tokens.
///
/// @param cache how long an answer is used; also the longest time that a token which was revoked at
///     the issuer goes on being accepted
/// @param stale how much longer the last good answer about a token is used while the issuer does
///     not answer; zero to refuse
/// @param every whether signed tokens are asked about too, after their signature is proved
/// @param signed whether nothing counts but answers that the issuer signed (RFC 9701)
public record IntrospectionSettings(Duration cache, Duration stale, boolean every, boolean signed) {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  public IntrospectionSettings {
    if (cache.toSeconds() < 1 || cache.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("`cache` lies between `1s` and `10m`");
    }
    if (stale.isNegative() || stale.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException("`when-gone` is `closed`, or at most `1h`");
    }
  }
}
