package dev.gatewarden.gateway.transport.wire;

/// A fault as it may be logged: where it happened, without its message, which could quote content.
public final class Scrubbed extends Exception {
  private static final long serialVersionUID = 1L;

  public Scrubbed(Throwable fault) {
    super(fault.getClass().getName(), null, false, true);
    setStackTrace(fault.getStackTrace());
  }
}
