package dev.gatewarden.core.finding;

import dev.gatewarden.core.GatewardenBug;

/// Judges a contract without traffic.
///
/// A rule has no state, never throws on any contract, and finds what its author would change.
public interface AuditRule {

  /// Says what is wrong.
  void judge(Audited contract, Report report);

  /// What the rule is called, and all it says of itself.
  default Rule rule() {
    Rule rule = getClass().getAnnotation(Rule.class);
    if (rule == null) {
      throw new GatewardenBug("`" + getClass().getName() + "` has no @Rule");
    }
    return rule;
  }
}
