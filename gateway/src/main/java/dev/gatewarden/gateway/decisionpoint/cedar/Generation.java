package dev.gatewarden.gateway.decisionpoint.cedar;

import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.policy.DecisionPoint.Answer;
import dev.gatewarden.core.policy.Question;
import org.jspecify.annotations.Nullable;

/// The policies in force, those that are judged beside them, and the answers that they gave.
/// Immutable but for the answers: a reload makes a new one.
///
/// @param next judged beside and never enforced, or null
/// @param uses which circumstances either of them reads
record Generation(
    PolicyVersion current,
    @Nullable PolicyVersion next,
    Names names,
    Terms terms,
    ContextUse uses,
    Answers answers) {
  private static final int MOST_ANSWERS = 20_000;

  static Generation of(
      PolicyVersion current, @Nullable PolicyVersion next, Names names, Terms terms) {
    ContextUse uses = next == null ? current.uses() : current.uses().or(next.uses());
    return new Generation(current, next, names, terms, uses, new Answers(MOST_ANSWERS));
  }

  /// The answer of the policies in force, with what the next ones say where that differs.
  Answer decide(Question question, Ancestry above) {
    Terms.Asked asked = terms.asked(question, above, uses);
    Answer answer = current.decide(question, asked);
    PolicyVersion beside = next;
    if (beside == null) {
      return answer;
    }
    Answer other = beside.decide(question, asked);
    return other.getClass() == answer.getClass() ? answer : differing(answer, other);
  }

  private static Answer differing(Answer answer, Answer other) {
    Grounds beside = other.grounds();
    Grounds grounds =
        answer.grounds().but(new Grounds.Other(said(other), beside.digest(), beside.policies()));
    return switch (answer) {
      case Answer.Permit _ -> new Answer.Permit(grounds);
      case Answer.Forbid _ -> new Answer.Forbid(grounds);
      case Answer.Failed(var _, String why) -> new Answer.Failed(grounds, why);
    };
  }

  private static String said(Answer answer) {
    return switch (answer) {
      case Answer.Permit _ -> "permit";
      case Answer.Forbid _ -> "forbid";
      case Answer.Failed _ -> "failed";
    };
  }
}
