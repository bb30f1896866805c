package dev.gatewarden.core.decision;

/// Thrown by a port whose memory lies on another machine that does not answer in time: nobody can
/// say, so whoever asked is refused with 503 and may come again.
///
/// Preallocated and without a stack trace: it is the world's fault, and told once, by who lost the
/// connection.
public final class OutOfReach extends RuntimeException {
  public static final OutOfReach INSTANCE = new OutOfReach();

  private OutOfReach() {
    super("the shared state is out of reach", null, false, false);
  }
}
