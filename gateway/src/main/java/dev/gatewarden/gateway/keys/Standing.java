package dev.gatewarden.gateway.keys;

import dev.gatewarden.core.identity.ApiKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a key stands at an instant, and what is to be done about it.
public enum Standing {
  /// Nothing is to be done.
  ACTIVE,
  /// By the ring's schedule it is time for a successor.
  DUE,
  /// It ends soon, and has no successor.
  EXPIRING,
  /// Its successor has taken over; it is good until its overlap ends.
  REPLACED,
  EXPIRED,
  REVOKED,
  /// It stood in an address.
  LEAKED;

  /// How a key stands.
  ///
  /// @param rotate after how long a successor is due, or null where no schedule says
  public static Standing of(ApiKey key, @Nullable Duration rotate, Instant now) {
    return switch (key.state()) {
      case REVOKED -> REVOKED;
      case LEAKED -> LEAKED;
      case ACTIVE -> {
        if (!now.isBefore(key.expires())) {
          yield EXPIRED;
        }
        if (key.successor() != null) {
          yield REPLACED;
        }
        if (key.expires().isBefore(now.plus(KeyRings.WARNING))) {
          yield EXPIRING;
        }
        yield rotate != null && key.created().plus(rotate).isBefore(now) ? DUE : ACTIVE;
      }
    };
  }

  /// As lists and metrics call it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Whether somebody should make a successor.
  public boolean wantsSuccessor() {
    return switch (this) {
      case DUE, EXPIRING, LEAKED -> true;
      case ACTIVE, REPLACED, EXPIRED, REVOKED -> false;
    };
  }
}
