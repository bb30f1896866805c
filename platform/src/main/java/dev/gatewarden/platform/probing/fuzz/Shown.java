package dev.gatewarden.platform.probing.fuzz;

import dev.gatewarden.core.finding.Severity;

/// A request that showed something.
///
/// @param attempt its number in the run
record Shown(FuzzCase made, Wrong wrong, int attempt) {

  /// What an answer shows.
  enum Kind {
    FAILS(Severity.MEDIUM),
    TAKEN(Severity.LOW),
    REFUSED(Severity.LOW),
    ANSWER(Severity.LOW),
    MEANING(Severity.LOW),
    STICKS(Severity.MEDIUM);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    Severity severity() {
      return severity;
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// What is wrong with an answer.
  ///
  /// @param says what the kind does not say: the status, or what of the contract is broken
  record Wrong(Kind kind, String says) {}

  /// Where, as findings are told apart.
  String place() {
    return made.where() + " " + wrong.kind().word();
  }
}
