package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Question;
import java.util.concurrent.CompletableFuture;

/// A point asked on a thread that may wait.
record Waiting(DecisionPoint point) implements DecisionPoint {

  @Override
  public String name() {
    return point.name();
  }

  @Override
  public Answer decide(Question question) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(point.decide(question));
              } catch (RuntimeException fault) {
                answer.completeExceptionally(fault);
              }
            });
    return answer.join();
  }
}
