package dev.gatewarden.app.command;

import java.net.URI;

/// Why a command cannot do what it was asked: one message for the user.
class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message);
  }

  /// The gate will not do what it was asked so.
  static final class Wrong extends Refusal {
    private static final long serialVersionUID = 1;

    Wrong(String message) {
      super(message);
    }
  }

  /// Nobody answers at the admin port.
  static final class NoGate extends Refusal {
    private static final long serialVersionUID = 1;

    NoGate(URI port) {
      super("no gate answers at `" + port + "`; this is known to a running one alone");
    }
  }
}
