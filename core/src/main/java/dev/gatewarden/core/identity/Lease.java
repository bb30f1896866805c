package dev.gatewarden.core.identity;

import java.time.Instant;
import java.util.function.BooleanSupplier;

/// How long a Principal holds on an open connection.
///
/// @param until when the proof runs out; `Instant.MAX` where nothing bounds it
/// @param stands whether the proof is still good, as far as whoever proved it watches that: false
///     once a certificate was revoked
public record Lease(Instant until, BooleanSupplier stands) {
  private static final BooleanSupplier ALWAYS = Boolean.TRUE::booleanValue;
  public static final Lease UNBOUNDED = new Lease(Instant.MAX);

  /// A lease that only time ends.
  public Lease(Instant until) {
    this(until, ALWAYS);
  }

  /// The shorter of two leases.
  public Lease and(Lease other) {
    Instant sooner = until.isBefore(other.until) ? until : other.until;
    if (stands == ALWAYS || other.stands == ALWAYS) {
      return new Lease(sooner, stands == ALWAYS ? other.stands : stands);
    }
    return new Lease(sooner, () -> stands.getAsBoolean() && other.stands.getAsBoolean());
  }

  public boolean holdsAt(Instant now) {
    return now.isBefore(until) && stands.getAsBoolean();
  }
}
