package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The slow, obvious twin of `DecisionPoint`: forbids unless a rule permits, and a rule that
/// forbids
/// wins.
public final class MemoryDecisionPoint implements DecisionPoint {

  /// One policy.
  public record Rule(String id, boolean permits, Predicate<Question> when) {
    public static Rule permit(String id, Predicate<Question> when) {
      return new Rule(id, true, when);
    }

    public static Rule forbid(String id, Predicate<Question> when) {
      return new Rule(id, false, when);
    }
  }

  private final String name;
  private final List<Rule> rules;

  public MemoryDecisionPoint(String name, List<Rule> rules) {
    this.name = name;
    this.rules = List.copyOf(rules);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Answer decide(Question question) {
    List<String> permitting = new ArrayList<>();
    List<String> forbidding = new ArrayList<>();
    for (Rule rule : rules) {
      try {
        if (rule.when().test(question)) {
          (rule.permits() ? permitting : forbidding).add(rule.id());
        }
      } catch (IllegalStateException broken) {
        return new Answer.Failed(grounds(List.of(rule.id())), "a policy could not be evaluated");
      }
    }
    return forbidding.isEmpty() && !permitting.isEmpty()
        ? new Answer.Permit(grounds(permitting))
        : new Answer.Forbid(grounds(forbidding));
  }

  private Grounds grounds(List<String> ids) {
    return new Grounds(name, "memory", ids);
  }
}
