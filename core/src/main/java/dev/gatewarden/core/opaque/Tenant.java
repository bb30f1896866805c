package dev.gatewarden.core.opaque;

/// A tenant as ids are bound to it; made by `OpaqueIds.tenant`.
public final class Tenant {
  private final byte[] tweak;

  Tenant(byte[] tweak) {
    this.tweak = tweak;
  }

  byte[] tweak() {
    return tweak;
  }
}
