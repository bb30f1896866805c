package dev.gatewarden.app.command;

/// Why a command cannot do what it was asked: one message for the user.
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message);
  }
}
