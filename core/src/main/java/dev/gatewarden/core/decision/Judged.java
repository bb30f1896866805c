package dev.gatewarden.core.decision;

/// One guard's verdict, with the mode the guard was asked in.
public record Judged(String guard, Mode mode, Verdict verdict) {
  public boolean enforced() {
    return mode == Mode.ENFORCE && !(verdict instanceof Verdict.Noticed);
  }
}
