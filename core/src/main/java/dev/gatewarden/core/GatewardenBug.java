package dev.gatewarden.core;

/// Our own fault: something the design says cannot happen. The pipeline answers it with a refusal,
/// a log line and a count.
public final class GatewardenBug extends RuntimeException {
  public GatewardenBug(String message) {
    super(message);
  }

  public GatewardenBug(String message, Throwable cause) {
    super(message, cause);
  }
}
