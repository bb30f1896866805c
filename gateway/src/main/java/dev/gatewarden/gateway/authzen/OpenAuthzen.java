package dev.gatewarden.gateway.authzen;

import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.walk.Gate;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.Walk;

/// The decision point in service. What answers can be replaced as a whole; a call is answered by
/// what it began with.
public final class OpenAuthzen implements Gate {
  private volatile AuthzenGate now;

  public OpenAuthzen(AuthzenGate first) {
    this.now = first;
  }

  /// Answers calls that begin from now on by another.
  public void follow(AuthzenGate next) {
    now = next;
  }

  @Override
  public Walk begin(RequestHead head) {
    AuthzenGate answering = now;
    while (!answering.era().term().begin()) {
      answering = now;
    }
    return answering.begin(head);
  }

  @Override
  public Reply refuse(Reason reason, Peer peer) {
    return now.refuse(reason, peer);
  }
}
