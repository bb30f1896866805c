package dev.gatewarden.gateway.transport.front;

/// Thrown when a held body does not decode within its bound; without a stack trace, since it is the
/// upstream's fault.
final class Undecodable extends RuntimeException {
  static final Undecodable INSTANCE = new Undecodable();
  private static final long serialVersionUID = 1L;

  private Undecodable() {
    super("undecodable", null, false, false);
  }
}
