package dev.gatewarden.controls.guards.limit;

import java.time.Duration;

/// A limit as callers are told of it, a member of `RateLimit-Policy` (IETF draft "RateLimit header
/// fields for HTTP"). Its name is one of the operator's, and never says whose it is.
final class Told {
  private Told() {}

  /// @param window zero where it is not the same for all requests
  static String of(String name, long most, Duration window) {
    long seconds = window.toSeconds();
    return "\"" + name + "\";q=" + most + (seconds > 0 ? ";w=" + seconds : "");
  }

  /// @param most in millionths
  static String ofMoney(String name, long most) {
    return of(name, most, Duration.ZERO) + ";qu=\"millionths\"";
  }
}
