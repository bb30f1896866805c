package dev.gatewarden.controls.guards.access;

import dev.gatewarden.core.decision.Grounds;
import dev.gatewarden.core.decision.Reason;
import java.util.List;

/// A reason of a policy, with what the decision points said for it.
record PolicyWhy(Reason why, List<Grounds> grounds) implements Reason {
  @Override
  public String control() {
    return why.control();
  }

  @Override
  public String name() {
    return why.name();
  }

  @Override
  public int status() {
    return why.status();
  }

  @Override
  public String summary() {
    return why.summary();
  }
}
