package dev.gatewarden.gateway.binder.body.multipart;

import java.util.Objects;

/// Why a multipart body has no one reading; without a stack trace, since it is the caller's fault.
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  Unreadable(String why) {
    super(why, null, false, false);
  }

  /// For the caller: nothing of the body.
  public String why() {
    return Objects.requireNonNull(getMessage());
  }
}
