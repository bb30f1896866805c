package dev.gatewarden.controls.guards.identity;

import dev.gatewarden.core.identity.Principal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a user must have signed in, held against what the proof says of it in `acr` and `auth_time`
/// (RFC 9470).
///
/// @param acr the authentication contexts of which one will do; empty for any
/// @param maxAge how long ago the user may have signed in; null for any time
/// @param skew how far in the future `auth_time` may lie, for clocks that differ
public record SignIn(List<String> acr, @Nullable Duration maxAge, Duration skew) {
  public SignIn {
    acr = List.copyOf(acr);
  }

  /// How what a proof says compares with it.
  public enum Met {
    MET,
    TOO_WEAK,
    TOO_OLD,
    NOT_SAID,
    IN_THE_FUTURE
  }

  /// What the proof of a caller says of it.
  public Met by(Principal caller, Instant at) {
    if (!acr.isEmpty()
        && !(caller.claims().get("acr") instanceof String context && acr.contains(context))) {
      return Met.TOO_WEAK;
    }
    Duration most = maxAge;
    if (most == null) {
      return Met.MET;
    }
    long signedIn = millis(caller.claims().get("auth_time"));
    if (signedIn < 0) {
      return Met.NOT_SAID;
    }
    long now = at.toEpochMilli();
    if (signedIn > now + skew.toMillis()) {
      return Met.IN_THE_FUTURE;
    }
    return now - signedIn <= most.toMillis() ? Met.MET : Met.TOO_OLD;
  }

  /// Whether the caller's token is bound to a key, so that it is presented by the scheme `DPoP`
  /// (RFC 9449, section 7.1).
  public static boolean bound(Principal caller) {
    return caller.claims().get("cnf") instanceof Map<?, ?> confirmation
        && confirmation.containsKey("jkt");
  }

  /// What tells a client how its user has to sign in, without the scheme (RFC 9470, section 3).
  public String challenge(String realm, String why) {
    StringBuilder text =
        new StringBuilder("realm=\"")
            .append(realm)
            .append("\", error=\"insufficient_user_authentication\"");
    if (!acr.isEmpty()) {
      text.append(", acr_values=\"").append(String.join(" ", acr)).append('"');
    }
    Duration age = maxAge;
    if (age != null) {
      text.append(", max_age=\"").append(age.toSeconds()).append('"');
    }
    return text.append(", error_description=\"").append(why).append('"').toString();
  }

  /// A NumericDate (RFC 7519, section 2) in milliseconds; less than zero where it is none.
  private static long millis(@Nullable Object seconds) {
    return switch (seconds) {
      case Long whole when whole >= 0 && whole < 1L << 40 -> whole * 1000;
      case Integer whole when whole >= 0 -> whole * 1000L;
      case BigDecimal part when part.signum() >= 0 && part.precision() - part.scale() < 13 ->
          part.movePointRight(3).longValue();
      case null, default -> -1;
    };
  }
}
