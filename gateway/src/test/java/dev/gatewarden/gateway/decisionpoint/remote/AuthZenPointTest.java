package dev.gatewarden.gateway.decisionpoint.remote;

import dev.gatewarden.core.policy.DecisionPoint;
import dev.gatewarden.testkit.ports.DecisionPointContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// The port's contract, through AuthZEN's access evaluation.
class AuthZenPointTest extends DecisionPointContract {
  private Twin twin;

  @BeforeEach
  void start() throws IOException {
    twin =
        new Twin(asked -> Twin.Told.json(Map.of("decision", WrittenPolicy.permits(asked.body()))));
  }

  @AfterEach
  void stop() {
    twin.close();
  }

  @Override
  protected DecisionPoint point() {
    return new Waiting(Points.of(RemoteSettings.Kind.AUTHZEN, twin.uri()));
  }
}
