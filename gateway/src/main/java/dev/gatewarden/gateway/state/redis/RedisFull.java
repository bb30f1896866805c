package dev.gatewarden.gateway.state.redis;

/// Thrown when Redis has no memory for what it should remember. Preallocated: it is no fault.
final class RedisFull extends RuntimeException {
  private static final long serialVersionUID = 1;
  static final RedisFull INSTANCE = new RedisFull();

  private RedisFull() {
    super("the shared state is full", null, false, false);
  }
}
