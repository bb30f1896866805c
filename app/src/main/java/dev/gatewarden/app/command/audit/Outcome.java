package dev.gatewarden.app.command.audit;

import dev.gatewarden.core.finding.Severity;
import dev.gatewarden.platform.auditing.Audit;
import dev.gatewarden.platform.auditing.Ranked;
import dev.gatewarden.platform.auditing.Suppressed;
import java.util.List;

/// What an audit is to tell: what it found, what of it was agreed to before, and what fails it.
///
/// @param suppressed found, and left out by the file of suppressions
/// @param known found, and left out because the baseline has it
/// @param least the score below which it fails
public record Outcome(
    Audit audit, List<Suppressed> suppressed, List<Ranked> known, Bar bar, int least) {
  public Outcome {
    suppressed = List.copyOf(suppressed);
    known = List.copyOf(known);
  }

  /// What makes an audit fail.
  public enum Bar {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW,
    NONE;

    boolean stops(Severity severity) {
      return switch (this) {
        case CRITICAL -> severity == Severity.CRITICAL;
        case HIGH -> severity.compareTo(Severity.HIGH) >= 0;
        case MEDIUM -> severity.compareTo(Severity.MEDIUM) >= 0;
        case LOW -> true;
        case NONE -> false;
      };
    }
  }

  /// Whether a finding fails the audit.
  public boolean stops(Ranked ranked) {
    return bar.stops(ranked.finding().severity());
  }

  public boolean tooLow() {
    return audit.score().value() < least;
  }

  public boolean failed() {
    return tooLow() || audit.findings().stream().anyMatch(this::stops);
  }
}
