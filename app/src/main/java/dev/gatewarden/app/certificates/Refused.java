package dev.gatewarden.app.certificates;

/// Why a request is not signed: one message for the operator.
public final class Refused extends Exception {
  private static final long serialVersionUID = 1;

  Refused(String message) {
    super(message);
  }

  /// The message.
  public String said() {
    return String.valueOf(getMessage());
  }
}
