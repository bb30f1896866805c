package dev.gatewarden.core.decision;

/// Thrown by a port that would have to wait on a thread that must not; the stage is then run again
/// where waiting is allowed.
///
/// Preallocated and without a stack trace: it is a detour, not a fault.
public final class WouldWait extends RuntimeException {
  public static final WouldWait INSTANCE = new WouldWait();

  private WouldWait() {
    super("would wait", null, false, false);
  }
}
