package dev.gatewarden.gateway.identity;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Until when tokens of an issuer count although they prove less than they should.
///
/// @param sharedSecret the first instant at which its secret proves nothing any more; null where
///     its keys are public
/// @param noAudience the first instant at which a token without `aud` is refused; null where every
///     token needs one
public record Excuse(@Nullable Instant sharedSecret, @Nullable Instant noAudience) {

  /// An issuer that needs none.
  public static final Excuse NONE = new Excuse(null, null);

  /// Whether there is anything to excuse.
  public boolean isAny() {
    return sharedSecret != null || noAudience != null;
  }

  /// Whether it lets any token in at a time, in milliseconds since 1970.
  public boolean inForce(long now) {
    Instant end = sharedSecret == null ? noAudience : sharedSecret;
    return end != null && now < end.toEpochMilli();
  }

  /// Whether a token with these claims counts by it alone.
  boolean isNeeded(Map<String, Object> claims) {
    return sharedSecret != null || (noAudience != null && claims.get("aud") == null);
  }

  /// The first millisecond since 1970 at which a token with these claims counts no longer; the end
  /// of time where it needs no excuse.
  long over(Map<String, Object> claims) {
    long over = sharedSecret == null ? Long.MAX_VALUE : sharedSecret.toEpochMilli();
    return noAudience != null && claims.get("aud") == null
        ? Math.min(over, noAudience.toEpochMilli())
        : over;
  }
}
