package dev.gatewarden.core.policy;

import dev.gatewarden.core.decision.Grounds;
import java.util.ArrayList;
import java.util.List;

/// Somebody who answers by a policy whether a caller may do something. A port; every adapter passes
/// one contract suite.
///
/// A point that knows no policy for a question forbids.
public interface DecisionPoint {

  /// Its name in the configuration.
  String name();

  /// The answer to one question.
  ///
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when the answer is not at hand
  Answer decide(Question question);

  /// The answers to several questions, in their order; as if each were asked alone.
  ///
  /// @throws dev.gatewarden.core.decision.WouldWait on an event loop when an answer is not at hand
  default List<Answer> decide(List<Question> questions) {
    List<Answer> answers = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      answers.add(decide(questions.get(i)));
    }
    return answers;
  }

  /// The point as it decides at the moment, whatever becomes of its policies; itself where it does
  /// not know when they change.
  default DecisionPoint now() {
    return this;
  }

  /// What a decision point says.
  sealed interface Answer {

    /// What the answer rests on.
    Grounds grounds();

    /// It is allowed.
    record Permit(Grounds grounds) implements Answer {}

    /// It is not allowed.
    record Forbid(Grounds grounds) implements Answer {}

    /// Nobody can say: no answer in time, an error, or a policy that could not be evaluated.
    ///
    /// @param why for the operator: lower case, nothing of the request
    record Failed(Grounds grounds, String why) implements Answer {}
  }
}
