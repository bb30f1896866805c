package dev.gatewarden.core.opaque;

import org.jspecify.annotations.Nullable;

/// The ids of one type under one key: each id at the service has exactly one public id in a tenant,
/// and nothing else has.
sealed interface IdCode permits NumberCode, RangeCode, TextCode, UuidCode {

  /// The public id, or null where the id is none that this form can carry.
  @Nullable String seal(String id, Tenant tenant);

  /// The id at the service, in its canonical form; null where this key did not give it out.
  @Nullable String open(String text, Tenant tenant);

  /// What tells this key from others; -1 where an id proves its key.
  default int slot() {
    return -1;
  }
}
