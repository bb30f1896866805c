package dev.gatewarden.core.finding;

import java.util.Locale;

/// How bad it is by itself, whatever stands behind it.
public enum Severity {
  /// Good practice; nobody is harmed by this alone.
  LOW(1),
  /// Makes an attack easier, or hides one.
  MEDIUM(3),
  /// An attack that needs one more thing to go wrong.
  HIGH(7),
  /// An attack that works as it stands.
  CRITICAL(10);

  private final int weight;

  Severity(int weight) {
    this.weight = weight;
  }

  /// What it counts for in a risk, from 1 to 10.
  public int weight() {
    return weight;
  }

  /// As users write it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
