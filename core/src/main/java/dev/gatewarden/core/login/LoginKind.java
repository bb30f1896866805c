package dev.gatewarden.core.login;

import java.util.Locale;

/// What is tried at an operation by which callers prove themselves to a service.
public enum LoginKind {
  /// A password, or what stands for one.
  LOGIN,
  /// The code of a second step, or of a message that was sent.
  MFA,
  /// To have a message sent to somebody.
  RESET,
  /// A token that buys new ones.
  REFRESH,
  /// To make an account.
  SIGN_UP;

  /// As users write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
