package dev.gatewarden.platform.auditing;

import dev.gatewarden.core.contract.Operation;
import dev.gatewarden.core.finding.Audited;
import dev.gatewarden.core.finding.Exposure;
import dev.gatewarden.core.finding.Sensitivity;
import dev.gatewarden.core.finding.Severity;
import java.util.List;

/// How much a finding matters here: its severity, times what data stands behind it, times who can
/// reach it.
///
/// @param value from 1 to 100
/// @param words what stands behind it and who can reach it, in the words of a person; the empty
///     text where it concerns no operation
public record Risk(int value, String words) {
  private static final int MOST = 10 * 6 * 3;

  /// The risk of something that is so severe, at the operations it concerns: that of the one where
  /// it is worst.
  public static Risk of(Severity severity, List<Operation> operations, Audited contract) {
    int worst = 0;
    Operation at = null;
    for (Operation each : operations) {
      int weight = behind(each, contract).weight() * contract.exposure(each).weight();
      if (weight > worst) {
        worst = weight;
        at = each;
      }
    }
    if (at == null) {
      return usual(severity);
    }
    return new Risk(scaled(severity, worst), words(at, contract));
  }

  /// The risk of something that is so severe, wherever it is.
  static Risk usual(Severity severity) {
    int usual = Sensitivity.INTERNAL.weight() * Exposure.CALLER.weight();
    return new Risk(scaled(severity, usual), "");
  }

  private static int scaled(Severity severity, int weight) {
    return Math.max(1, Math.round(100f * severity.weight() * weight / MOST));
  }

  private static Sensitivity behind(Operation operation, Audited contract) {
    Sensitivity answers = contract.answers(operation);
    Sensitivity takes = contract.takes(operation);
    return answers.compareTo(takes) > 0 ? answers : takes;
  }

  private static String words(Operation operation, Audited contract) {
    String who = contract.exposure(operation).words();
    Sensitivity answers = contract.answers(operation);
    Sensitivity takes = contract.takes(operation);
    boolean out = answers.compareTo(takes) >= 0;
    Sensitivity worst = out ? answers : takes;
    return switch (worst) {
      case PUBLIC, INTERNAL -> who;
      case PERSONAL, FINANCIAL -> who + ", and it " + verb(out) + " " + worst.word() + " data";
      case CREDENTIAL -> who + ", and it " + verb(out) + " credentials";
    };
  }

  private static String verb(boolean out) {
    return out ? "answers" : "takes";
  }
}
