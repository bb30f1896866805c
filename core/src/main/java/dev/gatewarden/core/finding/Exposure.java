package dev.gatewarden.core.finding;

/// Who can reach an operation; in rising order.
public enum Exposure {
  /// Callers with a scope, role or permission that was given to them.
  ROLE(1, "only callers with a scope or role may call it"),
  /// Every caller with a credential.
  CALLER(2, "any caller with a credential may call it"),
  /// Everybody.
  ANYBODY(3, "anybody may call it");

  private final int weight;
  private final String words;

  Exposure(int weight, String words) {
    this.weight = weight;
    this.words = words;
  }

  /// What it counts for in a risk, from 1 to 3.
  public int weight() {
    return weight;
  }

  public String words() {
    return words;
  }
}
