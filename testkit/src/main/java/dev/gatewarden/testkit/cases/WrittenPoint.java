package dev.gatewarden.testkit.cases;

import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.WouldWait;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Question;
import java.util.List;

/// A decision point as a case writes it: one word for everything, or one for each resource.
record WrittenPoint(String name, Words points) implements DecisionPoint {

  @Override
  public Answer decide(Question question) {
    Question.Resource resource = question.resource();
    String word =
        points.get(name) instanceof String all
            ? all
            : points.object(name).text(resource.kind() + "/" + resource.named(), "forbid");
    Grounds grounds = new Grounds(name, "written", List.of(word));
    return switch (word) {
      case "permit" -> new Answer.Permit(grounds);
      case "forbid" -> new Answer.Forbid(grounds);
      case "failed", "excused" -> new Answer.Failed(grounds, "the case says so");
      case "waits" -> throw WouldWait.INSTANCE;
      default -> throw new IllegalArgumentException("no answer of a point: `" + word + "`");
    };
  }
}
