package dev.gatewarden.testkit.ports;

import dev.gatewarden.core.exchange.ObjectFacts.Fact;
import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.core.policy.Question;
import dev.gatewarden.testkit.ports.MemoryDecisionPoint.Rule;
import java.util.List;

class MemoryDecisionPointTest extends DecisionPointContract {
  @Override
  protected DecisionPoint point() {
    return new MemoryDecisionPoint(
        "memory",
        List.of(
            Rule.permit(
                "readers",
                asked ->
                    asked.action().equals("getOrder") && asked.caller().roles().contains("reader")),
            Rule.permit(
                "owners",
                asked ->
                    asked.action().equals("updateOrder")
                        && asked.resource() instanceof Question.Resource.Thing thing
                        && thing.facts().owner().equals(Fact.of(asked.caller().subject()))),
            Rule.permit(
                "lists",
                asked ->
                    asked.action().equals("listOrders")
                        && asked.caller().scopes().contains("orders:read")),
            Rule.forbid("suspended", asked -> "suspended".equals(asked.caller().tenant()))));
  }
}
