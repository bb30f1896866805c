package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.finding.Finding;

/// A finding and how much it matters.
public record Ranked(Finding finding, Risk risk) {

  /// What was found without weighing what stands behind it.
  public static Ranked unweighed(Finding finding) {
    return new Ranked(finding, Risk.usual(finding.severity()));
  }
}
