package dev.gatewarden.core.finding;

import java.util.Locale;

/// What data is, by what its loss would mean; in rising order.
public enum Sensitivity {
  PUBLIC(1),
  INTERNAL(2),
  PERSONAL(4),
  FINANCIAL(5),
  CREDENTIAL(6);

  private final int weight;

  Sensitivity(int weight) {
    this.weight = weight;
  }

  /// What it counts for in a risk, from 1 to 6.
  public int weight() {
    return weight;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
