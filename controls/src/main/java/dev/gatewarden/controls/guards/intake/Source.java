package dev.gatewarden.controls.guards.intake;

import dev.gatewarden.core.address.Ip;

/// The name under which a network address is counted and blocked.
public final class Source {
  private Source() {}

  /// An IPv4 address itself; of an IPv6 address the network of 64 bits, in which everybody may take
  /// as many addresses as they like.
  public static String of(Ip address) {
    return address.isV4() ? address.toString() : new Ip(address.high(), 0) + "/64";
  }
}
