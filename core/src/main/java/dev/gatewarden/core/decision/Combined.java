package dev.gatewarden.core.decision;

/// Reasons that come from combining, not from a guard.
public enum Combined implements Reason {
  NOTHING_PROVED(401, "a credential is needed"),
  FACETS_DISAGREE(401, "the credentials name different callers"),
  CONTRADICTING_EDITS(500, "the gate cannot decide"),
  GUARD_FAILED(500, "the gate cannot decide"),
  CLAIMS_FULL(503, "too many requests are remembered, try again later"),
  OUT_OF_REACH(503, "the gate cannot decide now, try again later");

  public static final String CONTROL = "pipeline";

  private final int status;
  private final String summary;

  Combined(int status, String summary) {
    this.status = status;
    this.summary = summary;
  }

  @Override
  public String control() {
    return CONTROL;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String summary() {
    return summary;
  }
}
