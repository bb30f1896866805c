package dev.gatewarden.platform.auditing.spectral;

import dev.gatewarden.core.finding.Severity;

/// How much a rule matters to those who wrote it.
enum Level {
  ERROR(Severity.HIGH),
  WARN(Severity.MEDIUM),
  INFO(Severity.LOW),
  HINT(Severity.LOW);

  private final Severity severity;

  Level(Severity severity) {
    this.severity = severity;
  }

  Severity severity() {
    return severity;
  }
}
