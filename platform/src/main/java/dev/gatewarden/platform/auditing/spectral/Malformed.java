package dev.gatewarden.platform.auditing.spectral;

/// A text of a ruleset that is not understood; the message says what, and what would be right.
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1;

  Malformed(String message) {
    super(message, null, false, false);
  }
}
