package dev.gatewarden.core.identity;

import java.time.Instant;

/// How long a Principal holds on an open connection.
///
/// @param until when the proof runs out; `Instant.MAX` where nothing bounds it
public record Lease(Instant until) {
  public static final Lease UNBOUNDED = new Lease(Instant.MAX);

  /// The shorter of two leases.
  public Lease and(Lease other) {
    return until.isBefore(other.until) ? this : other;
  }

  public boolean holdsAt(Instant now) {
    return now.isBefore(until);
  }
}
