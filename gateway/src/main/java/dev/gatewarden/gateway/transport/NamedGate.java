package dev.gatewarden.gateway.transport;

import dev.gatewarden.core.canon.Host;
import dev.gatewarden.core.canon.OneReading;
import dev.gatewarden.core.decision.Reason;
import dev.gatewarden.core.decision.Reply;
import dev.gatewarden.core.exchange.Peer;
import dev.gatewarden.gateway.walk.Gate;
import dev.gatewarden.gateway.walk.RequestHead;
import dev.gatewarden.gateway.walk.Walk;

/// Sends requests away that come over a connection which was made for a host with other
/// certificates (RFC 9110, section 15.5.20): whoever answers for one host by its certificate does
/// not answer for another beside it.
record NamedGate(Gate gate, ServedTls tls) implements Gate {

  @Override
  public Walk begin(RequestHead head) {
    return tls.single() || isThere(head) ? gate.begin(head) : gate.misdirected(head);
  }

  private boolean isThere(RequestHead head) {
    String named = head.peer().serverName();
    return !(Host.read(head.authority()) instanceof OneReading.Clear<Host>(Host host))
        || named.equals(host.name())
        || tls.together(named, host.name());
  }

  @Override
  public Reply refuse(Reason reason, Peer peer) {
    return gate.refuse(reason, peer);
  }
}
