package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;

/// Policies that were parsed and validated together, and the digest by which decision lines name
/// them.
///
/// @param count how many policies there are, links of templates included
record PolicyVersion(Engine engine, Slices slices, ContextUse uses, String digest, int count) {

  /// What these policies say.
  Answer decide(Question question, Terms.Asked asked) {
    return engine.decide(
        asked, slices.of(question.environment().api(), question.action()), CedarPoint.NAME, digest);
  }
}
