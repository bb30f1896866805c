package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.testkit.ports.DecisionPointContract;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The port's contract, through OPA's data API.
class OpaPointTest extends DecisionPointContract {
  private Twin twin;

  @BeforeEach
  void start() throws IOException {
    twin =
        new Twin(
            asked ->
                Twin.Told.json(
                    WrittenPolicy.permits(asked.at("input"))
                        ? Map.of(
                            "result",
                            Map.of("allow", true, "policies", List.of("p1"), "digest", "d1"))
                        // what no rule defines is not there at all
                        : Map.of("decision_id", "7")));
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  @Override
  protected DecisionPoint point() {
    return new Waiting(
        Points.of(RemoteSettings.Kind.OPA, twin.uri().resolve("/v1/data/gatewarden/decision")));
  }
}
