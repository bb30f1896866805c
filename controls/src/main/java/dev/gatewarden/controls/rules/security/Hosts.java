package dev.gatewarden.controls.rules.security;

import java.util.List;

/// What the host of a server tells of where it stands.
final class Hosts {
  private static final List<String> OWN =
      List.of(".local", ".test", ".internal", ".localhost", ".lan", ".invalid");

  private Hosts() {}

  /// Whether only the caller's own machine or network has it.
  static boolean nearby(String host) {
    return loopback(host)
        || (host.indexOf('.') < 0 && host.indexOf(':') < 0)
        || OWN.stream().anyMatch(host::endsWith)
        || host.startsWith("10.")
        || host.startsWith("192.168.")
        || host.matches("172\\.(1[6-9]|2\\d|3[01])\\..*");
  }

  /// Whether it is the caller's own machine.
  static boolean loopback(String host) {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.startsWith("127.")
        || host.equals("0.0.0.0")
        || host.equals("[::1]");
  }
}
